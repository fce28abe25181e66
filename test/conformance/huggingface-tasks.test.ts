import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { findVendor, type Provider } from '../../server/src/modules/providers/index.ts';
import { callOf, createTestClient, errorOf, partsOf, PLAIN_REQUEST } from '../testkit/provider-calls.ts';
import { HAS_RECORDINGS, readWireCases, replayCase, type RecordedWireCase } from './recorded-wires.ts';

/** Not a conversation: the hub's own facts about models, and an answer about a picture of a document. */
const NO_CONVERSATION = ['hf-task.reasoning.01', 'hf-task.text.01', 'hf-task.text.02'];

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const tasks = readWireCases('huggingface').filter(({ api }) => api === 'hf-task');

function providerAt(baseUrl: string): Provider {
  const vendor = findVendor('huggingface');
  if (vendor === null) throw new Error('no vendor huggingface');
  const connection = {
    providerId: 'huggingface',
    displayName: 'Hugging Face',
    baseUrl,
    settings: {},
    secrets: { apiKey: new Secret('key-of-the-test') },
    headers: {},
    egress: 'operator',
  } as const;
  return vendor.connect(connection, { httpClient, clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => null });
}

/** Refusals in plain text, in a bare `error`, and as an event of a stream: the bodies of the servers behind the router. */
const EXPECTED: Readonly<Record<string, string>> = {
  'hf-task.error-401.01': 'auth',
  'hf-task.error-404.01': 'not-found',
  'hf-task.error-404.02': 'not-found',
  'hf-task.error-422.01': 'invalid',
  'hf-task.stream-text.01': 'too-long',
};

/** Plain text, which the reader of JSON cases leaves out. */
function rawBodyOf(name: string): Buffer | null {
  const file = new URL(`../../../shared/fixtures/providers/huggingface/${name}.response.json`, import.meta.url);
  const { rawBody } = JSON.parse(readFileSync(file, 'utf8')) as { rawBody?: string };
  return rawBody === undefined ? null : Buffer.from(rawBody);
}

describe.skipIf(!HAS_RECORDINGS)('failures of Hugging Face tasks over recorded traffic', () => {
  it('knows every recorded case', () => {
    expect(tasks.map(({ name }) => name)).toEqual([...Object.keys(EXPECTED), ...NO_CONVERSATION].toSorted());
  });

  it.each(tasks.flatMap((recorded) => (EXPECTED[recorded.name] === undefined ? [] : [[recorded.name, recorded] as const])))(
    '%s is of its class',
    async (name, recorded: RecordedWireCase) => {
      const rawBody = rawBodyOf(name);
      const responseBody = rawBody === null ? {} : { responseBody: rawBody };
      await using server = await replayCase(recorded, { path: '/v1/chat/completions', ...responseBody });
      const error = await errorOf(partsOf(providerAt(`${server.url}/v1`), callOf('model-of-the-test', PLAIN_REQUEST)));
      expect(error).toMatchObject({ errorClass: EXPECTED[name], httpStatus: recorded.status });
      expect(server.mismatches).toEqual([]);
    },
  );
});
