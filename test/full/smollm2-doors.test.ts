import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient } from '../../sdk-js/src/index.ts';
import { findComponent } from '../../server/src/modules/providers/adapters/local-smollm2/index.ts';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';

const componentsDir = resolve(process.env['ANTIPHON_DATA_DIR'] ?? '.antiphon', 'components');
const isInstalled = findComponent(componentsDir).installed !== null;

const MODEL = 'local/smollm2';
const QUESTION = 'What is the capital of France?';

describe.skipIf(!isInstalled)('a real prompt through local/smollm2 (skipped until it is installed)', () => {
  let database: TestDatabase;
  let dataDir: string;
  let server: ServerProcess;
  let client: AntiphonClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'antiphon-smollm2-'));
    await symlink(componentsDir, join(dataDir, 'components'));
    server = await startServerProcess({ databaseUrl: database.url, dataDir });
    client = new AntiphonClient({ baseUrl: new URL(server.banner.graphqlUrl).origin, apiKey: server.banner.apiKey });
  }, 90_000);

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
    await database.drop();
  });

  it.each(['sse', 'ws'] as const)(
    'streams real tokens over a GraphQL subscription (%s), metered, and is found again',
    async (transport) => {
      const input = { model: MODEL, messages: [{ user: { content: { text: QUESTION } } }], options: { maxOutputTokens: 24, seed: 1 } };
      const texts: string[] = [];
      const sequences: number[] = [];
      let last: unknown = null;
      for await (const event of client.completionStream({ input }, { transport })) {
        sequences.push(event.sequence);
        if (event.__typename === 'CompletionTextDelta') texts.push(event.text);
        last = event;
      }
      expect(sequences).toEqual(sequences.map((_, index) => index));
      expect(texts.length).toBeGreaterThan(3);
      expect(texts.join('')).toContain('Paris');
      expect(last).toMatchObject({
        __typename: 'CompletionFinished',
        completion: { status: 'SETTLED', outcome: 'SUCCEEDED', usage: { basis: 'ACTUAL' }, cost: { amountUsd: '0.000000000' } },
      });
      const { completion } = last as { completion: { id: string; usage: { outputTokens: number } } };
      expect(completion.usage.outputTokens).toBeGreaterThan(3);
      const page = await client.completions({ filter: { model: MODEL }, first: 1 });
      expect(page.nodes[0]).toMatchObject({ id: completion.id, isStreaming: true, usage: { outputTokens: completion.usage.outputTokens } });
      expect((await client.completion({ id: completion.id }))?.output?.text).toBe(texts.join(''));
    },
  );

  it('streams real tokens to the official OpenAI client, and is found again', async () => {
    const openai = new OpenAI({ baseURL: server.banner.openaiBaseUrl, apiKey: server.banner.apiKey, maxRetries: 0 });
    const stream = await openai.chat.completions.create({
      model: MODEL,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 24,
      seed: 1,
      messages: [{ role: 'user', content: QUESTION }],
    });
    const texts: string[] = [];
    let usage: OpenAI.CompletionUsage | null = null;
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta.content;
      if (text !== undefined && text !== null && text !== '') texts.push(text);
      usage = chunk.usage ?? usage;
    }
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.join('')).toContain('Paris');
    const page = await client.completions({ filter: { model: MODEL, door: 'OPENAI' }, first: 1 });
    expect(page.nodes[0]?.usage?.outputTokens).toBe(usage?.completion_tokens);
    expect((await client.completion({ id: page.nodes[0]?.id ?? '' }))?.output?.text).toBe(texts.join(''));
  });
});
