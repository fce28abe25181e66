import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLS, type MadeAnswer } from '../clients/made-answers.ts';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { serveHttp, type LoopbackServer } from '../testkit/loopback.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import { CALLERS, type Question } from './callers.ts';
import { answerWith, FAMILIES, type Family } from './families.ts';

const TEXT: MadeAnswer = { words: ['Good ', 'morning', ', ✓ world.'], tokens: [11, 5] };
const TOOLS: MadeAnswer = { words: ['Two cities. '], calls: [CALLS.paris, CALLS.oslo], tokens: [60, 34] };
const AFTER_RESULTS: MadeAnswer = { words: ['It is ', '21 degrees.'], tokens: [90, 7] };
const RESULTS = /"role":"tool"|"function_call_output"|"tool_result"|"functionResponse"|"toolResult"/;

function answerTo(text: string): MadeAnswer {
  if (RESULTS.test(text)) return AFTER_RESULTS;
  return text.includes('[made tools]') ? TOOLS : TEXT;
}

let database: TestDatabase;
let server: ServerProcess;
const upstreams = new Map<Family, LoopbackServer>();
const seen = new Map<Family, string[]>(FAMILIES.map((family) => [family, []]));

beforeAll(async () => {
  database = await createTestDatabase();
  const env: Record<string, string> = {};
  for (const family of FAMILIES.filter(({ at }) => at === undefined)) {
    const upstream = await serveHttp((request, response) => void answerWith(family, answerTo, seen.get(family) ?? [])(request, response));
    upstreams.set(family, upstream);
    Object.assign(env, family.env(upstream.url));
  }
  server = await startServerProcess({ databaseUrl: database.url, env });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  for (const upstream of upstreams.values()) await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const cells = CALLERS.flatMap((caller) => FAMILIES.map((family) => ({ title: `${caller.name} in, ${family.name} out`, caller, family })));
const EXPECTED_CALLS = [CALLS.paris, CALLS.oslo].map(({ name, pieces }) => ({ name, input: JSON.parse(pieces.join('')) as unknown }));
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.each(cells)('$title', ({ caller, family }) => {
  const ask = (question: Omit<Question, 'model'>) => caller.ask(server.banner, { model: family.model, ...question });
  const lastSeen = (): string => seen.get(family.at ?? family)?.at(-1) ?? '';

  it.each([false, true])('gives a text (stream: %s)', async (isStream) => {
    expect(await ask({ prompt: '[made text]', isStream })).toEqual({
      httpStatus: 200,
      text: 'Good morning, ✓ world.',
      calls: [],
      finish: caller.words.stop,
      tokens: [11, 5],
      error: null,
      retryAfter: null,
    });
  });

  it.each([false, true])('calls tools and takes their results (stream: %s)', async (isStream) => {
    const first = await ask({ prompt: '[made tools]', isStream, hasTools: true });
    expect(first).toMatchObject({ text: 'Two cities. ', calls: EXPECTED_CALLS, finish: caller.words.tools, tokens: [60, 34], error: null });
    expect(lastSeen()).toContain('get_weather');
    const second = await ask({ prompt: '[made tools]', isStream, hasTools: true, results: first.calls });
    expect(second).toMatchObject({ text: 'It is 21 degrees.', calls: [], finish: caller.words.stop, tokens: [90, 7] });
    expect(lastSeen().split('21 degrees')).toHaveLength(3);
  });

  it('sends an image', async () => {
    expect((await ask({ prompt: '[made text]', isStream: false, image: PNG })).text).toBe('Good morning, ✓ world.');
    expect(lastSeen()).toContain(PNG);
  });

  it.each([false, true])('says that it must wait (stream: %s)', async (isStream) => {
    const told = await ask({ prompt: '[made limited]', isStream });
    expect(told).toMatchObject({ httpStatus: 429, error: caller.words.limited, retryAfter: '7', text: '' });
  });

  it('says that a stream broke, after what had come', async () => {
    const told = await ask({ prompt: '[made broken]', isStream: true });
    expect(told).toMatchObject({ httpStatus: told.text === '' ? 502 : 200, error: caller.words.broken, finish: null });
    expect('Good morning').toContain(told.text);
  });
});

const shared = cells.filter(({ family }) => family.at !== undefined);

describe('a family that shares its upstream with another', () => {
  it.each(shared)('is asked by its own API: $title', async ({ caller, family }) => {
    await caller.ask(server.banner, { model: family.model, prompt: '[made text]', isStream: false });
    const asked = seen.get(family.at ?? family)?.at(-1) ?? '';
    expect(JSON.parse(asked)).toHaveProperty('input');
  });
});

describe('the ledger after all of them', () => {
  it('has one settled row for each call, by the door it came through', async () => {
    const { rows } = await database.pools.general.query<{ door: string; calls: number; settled: number }>(
      `select r.door, count(*)::int as calls, count(s.request_id)::int as settled
       from completion_request r left join completion_settlement s on s.request_id = r.id group by r.door order by r.door`,
    );
    // Two texts, two loops of two calls, an image, two refusals and a break in each cell, and one more where an upstream is shared.
    const calls = FAMILIES.length * 10 + FAMILIES.filter(({ at }) => at !== undefined).length;
    expect(rows).toEqual(['ANTHROPIC', 'GEMINI', 'OPENAI'].map((door) => ({ door, calls, settled: calls })));
  });
});
