import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient, AuthenticationError, NotFoundError } from '../../sdk-js/src/index.ts';
import type { CompletionStreamSubscription } from '../../sdk-js/src/index.ts';
import { startGraphqlServer } from '../testkit/graphql-server.ts';
import type { GraphqlServer } from '../testkit/graphql-server.ts';

type StreamEvent = CompletionStreamSubscription['completionStream'];

const run = promisify(execFile);
const sdkPython = fileURLToPath(new URL('../../sdk-python/', import.meta.url));
const input = { model: 'local/echo', messages: [{ user: { content: { text: 'one two three' } } }] };

let server: GraphqlServer;
let client: AntiphonClient;

beforeAll(async () => {
  server = await startGraphqlServer();
  client = new AntiphonClient({ baseUrl: server.origin, apiKey: server.apiKey });
});
afterAll(async () => server[Symbol.asyncDispose]());

const textOf = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.__typename === 'CompletionTextDelta' ? event.text : '')).join('');

describe('the JavaScript SDK against the server', () => {
  it('makes a completion and finds its record by each way', async () => {
    const { completion } = await client.completionCreate({ input });
    expect(completion.outcome).toBe('SUCCEEDED');
    expect(completion.output?.text).not.toBe('');
    expect((await client.completion({ id: completion.id }))?.output?.text).toBe(completion.output?.text);
    expect((await client.completions({ first: 1 })).nodes.map((node) => node.id)).toEqual([completion.id]);
    expect(await client.node({ id: completion.id })).toMatchObject({ __typename: 'Completion', id: completion.id });
  });

  it.each(['sse', 'ws'] as const)('streams a completion over %s without gaps, to its record', async (transport) => {
    const events: StreamEvent[] = [];
    for await (const event of client.completionStream({ input }, { transport })) events.push(event);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index));
    expect(events[0]?.__typename).toBe('CompletionStarted');
    const last = events.at(-1);
    if (last?.__typename !== 'CompletionFinished') throw new Error(`The stream ended with ${last?.__typename}.`);
    expect(last.completion.output?.text).toBe(textOf(events));
  });

  it('reads the catalogue, who is asking, and the proof of accounting', async () => {
    const models = await client.models({ filter: { search: 'echo' } });
    expect(models.nodes.map((model) => model.name)).toContain('local/echo');
    expect((await client.providers({ first: 100 })).nodes.map((provider) => provider.name)).toContain('local');
    expect((await client.viewer()).apiKey?.displayPrefix).toBe(server.apiKey.slice(0, 14));
    expect((await client.accounting()).isBalanced).toBe(true);
  });

  it('throws what the server says went wrong', async () => {
    await expect(client.completionCreate({ input: { ...input, model: 'nobody/nothing' } })).rejects.toThrow(NotFoundError);
    const stranger = new AntiphonClient({ baseUrl: server.origin, apiKey: 'not-a-key' });
    await expect(stranger.viewer()).rejects.toThrow(AuthenticationError);
    for (const transport of ['sse', 'ws'] as const) {
      await expect(stranger.completionStream({ input }, { transport }).next()).rejects.toThrow(AuthenticationError);
    }
  });
});

const PROGRAM = `
import asyncio, json, os, sys
from antiphon import AntiphonClient, AsyncAntiphonClient, AntiphonError

stream = {"model": "local/echo", "messages": [{"user": {"content": {"text": "one two three"}}}]}

def shape(events):
    text = "".join(event.text for event in events if event.typename == "CompletionTextDelta")
    last = events[-1]
    return [
        [event.sequence for event in events] == list(range(len(events))),
        last.typename,
        last.completion.output.text == text != "",
    ]

async def run_async(transport):
    async with AsyncAntiphonClient() as client:
        return [event async for event in client.completion_stream(input=stream, transport=transport)]

with AntiphonClient() as client:
    completion = client.completion_create(input=stream).completion
    seen = {"record": client.completion(id=completion.id) is not None, "text": completion.output.text == client.completion(id=completion.id).output.text}
    for transport in ("sse", "ws"):
        seen[transport] = shape(list(client.completion_stream(input=stream, transport=transport)))
        seen["async " + transport] = shape(asyncio.run(run_async(transport)))
    seen["models"] = "local/echo" in [model.name for model in client.models(filter={"search": "echo"}).nodes]
    seen["providers"] = "local" in [provider.name for provider in client.providers(first=100).nodes]
    seen["scopes"] = len(client.viewer().scopes) > 0
    seen["balanced"] = client.accounting().is_balanced
    seen["node"] = client.node(id=completion.id).typename
    seen["newest"] = client.completions(first=1).nodes[0].is_streaming
    try:
        client.completion_create(input={**stream, "model": "nobody/nothing"})
    except AntiphonError as error:
        seen["error"] = [type(error).__name__, error.code]
for transport in ("sse", "ws"):
    with AntiphonClient(api_key="not-a-key") as client:
        try:
            list(client.completion_stream(input=stream, transport=transport))
        except AntiphonError as error:
            seen["stranger " + transport] = type(error).__name__
print(json.dumps(seen))
`;

describe('the Python SDK against the server', () => {
  it('does the same (skipped without python3 >= 3.11, httpx and websockets)', async ({ skip }) => {
    const isThere = await run('python3', ['-c', 'import httpx, websockets, sys; assert sys.version_info >= (3, 11)']).then(
      () => true,
      () => false,
    );
    if (!isThere) return skip();
    const env = { PATH: process.env['PATH'], ANTIPHON_BASE_URL: server.origin, ANTIPHON_API_KEY: server.apiKey };
    const { stdout } = await run('python3', ['-c', PROGRAM], { cwd: sdkPython, env, timeout: 60_000 });
    const streamed = [true, 'CompletionFinished', true];
    expect(JSON.parse(stdout)).toEqual({
      record: true,
      text: true,
      sse: streamed,
      'async sse': streamed,
      ws: streamed,
      'async ws': streamed,
      models: true,
      providers: true,
      scopes: true,
      balanced: true,
      node: 'Completion',
      newest: true,
      error: ['NotFoundError', 'NOT_FOUND'],
      'stranger sse': 'AuthenticationError',
      'stranger ws': 'AuthenticationError',
    });
  });
});
