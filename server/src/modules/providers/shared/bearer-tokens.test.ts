import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../../test/testkit/loopback.ts';
import { ManualClock } from '../../../kernel/clock/index.ts';
import type { OutboundRequest } from '../../../kernel/http-client/index.ts';
import { createTokenHttpClient, TokenSource } from './bearer-tokens.ts';

const TIMEOUTS = { connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 20_000 };
const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

interface Setting {
  /** Answers a purchase; `count` is its number. */
  readonly issue?: (response: ServerResponse, count: number) => void;
  readonly respond?: (response: ServerResponse, request: IncomingMessage) => void;
}

const issueNumbered = (response: ServerResponse, count: number, life = 3600): void =>
  void response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ access_token: `token-${count}`, expires_in: life }));

async function open({ issue = issueNumbered, respond = (response) => void response.end('ok') }: Setting = {}) {
  const forms: string[] = [];
  const borne: (string | undefined)[] = [];
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/token') {
        borne.push(request.headers.authorization);
        respond(response, request);
        return;
      }
      forms.push(Buffer.concat(chunks).toString('utf8'));
      issue(response, forms.length);
    });
  });
  const clock = new ManualClock();
  const exchange = {
    displayName: 'Vendor',
    url: `${server.url}/token`,
    form: () => ({ grant_type: 'g:h', apikey: 'a&b' }),
    egress: 'operator',
  } as const;
  const client = createTokenHttpClient(httpClient, new TokenSource(httpClient, exchange, clock));
  const request: OutboundRequest = {
    method: 'GET',
    url: `${server.url}/call`,
    headers: { authorization: 'Bearer none' },
    timeouts: TIMEOUTS,
    egress: 'operator',
  };
  return Object.assign(server, { forms, borne, clock, client, request });
}

describe('a client that buys its tokens', () => {
  it('buys one for however many calls begin at once, and bears it until near its end', async () => {
    await using place = await open();
    await Promise.all(Array.from({ length: 20 }, () => place.client.send(place.request)));
    expect(place.forms).toEqual(['grant_type=g%3Ah&apikey=a%26b']);
    place.clock.advance(3600_000 - 5 * 60_000 - 1);
    await place.client.send(place.request);
    expect(new Set(place.borne)).toEqual(new Set(['Bearer token-1']));
    place.clock.advance(1);
    await place.client.send(place.request);
    expect(place.borne.at(-1)).toBe('Bearer token-2');
  });

  it('uses a short-lived token for half its life', async () => {
    await using place = await open({ issue: (response, count) => issueNumbered(response, count, 60) });
    await place.client.send(place.request);
    place.clock.advance(29_999);
    await place.client.send(place.request);
    place.clock.advance(1);
    await place.client.send(place.request);
    expect(place.borne).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it.each(['send', 'stream'] as const)('buys another after one was refused (%s), and repeats nothing by itself', async (way) => {
    await using place = await open({
      respond: (response, { headers }) => void response.writeHead(headers.authorization === 'Bearer token-1' ? 401 : 200).end(),
    });
    const statuses: number[] = [];
    const ask = async (): Promise<void> => {
      if (way === 'send') statuses.push((await place.client.send(place.request)).status);
      else await place.client.stream(place.request, { onHead: (status) => void statuses.push(status), onData: () => undefined });
    };
    await ask();
    await ask();
    expect(statuses).toEqual([401, 200]);
    expect(place.borne).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it.each([
    [400, '{"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found."}', 'auth'],
    [401, '{"error":"invalid_client"}', 'auth'],
    [429, '{}', 'rate-limit'],
    [503, 'busy', 'overloaded'],
    [200, '{"token":1}', 'malformed'],
    [200, '<html>', 'malformed'],
  ])('answered with %i %s, fails as %s, sends no call and tries again at the next', async (status, body, errorClass) => {
    await using place = await open({ issue: (response) => void response.writeHead(status).end(body) });
    await expect(place.client.send(place.request)).rejects.toMatchObject({ name: 'ProviderError', errorClass, callerMessage: null });
    await expect(place.client.send(place.request)).rejects.toMatchObject({ errorClass });
    expect(place.forms).toHaveLength(2);
    expect(place.borne).toEqual([]);
  });

  it('lets a caller leave while a token is bought, without taking it from the others', async () => {
    let answer: () => void = () => undefined;
    await using place = await open({ issue: (response, count) => void (answer = () => issueNumbered(response, count)) });
    const controller = new AbortController();
    const leaving = place.client.send({ ...place.request, signal: controller.signal });
    const staying = place.client.send(place.request);
    controller.abort();
    await expect(leaving).rejects.toMatchObject({ name: 'HttpClientError', kind: 'aborted' });
    while (place.forms.length === 0) await new Promise((resolve) => setImmediate(resolve));
    answer();
    expect((await staying).status).toBe(200);
    expect(place.forms).toHaveLength(1);
  });
});
