import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLS, type MadeAnswer } from '../clients/made-answers.ts';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { serveHttp, type LoopbackServer } from '../testkit/loopback.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import { resultOf, SCHEMA, type Failure, type Folded, type Question } from './caller.ts';
import { CALLERS } from './callers.ts';
import { reasoningWarnings } from './exceptions.ts';
import { FAMILIES } from './families.ts';
import { answerWith, type Asked, type Family, type Request } from './family.ts';
import { readLedger, setPrices, type LedgerRow } from './ledger.ts';

const SIGNATURE = 'c2lnbmVkIGJ5IHRoZSB2ZW5kb3Igb2YgdGhlIHRlc3Q=';
const TEXT: MadeAnswer = { words: ['Good ', 'morning', ', ✓ world.'], tokens: [11, 5] };
const TOOLS: MadeAnswer = { words: ['Two cities. '], calls: [CALLS.paris, CALLS.oslo], tokens: [60, 34] };
const REASONED: MadeAnswer = {
  calls: [CALLS.paris],
  reasoning: { pieces: ['The city ', 'is Paris.'], signature: SIGNATURE },
  tokens: [70, 41],
};
const AFTER_RESULTS: MadeAnswer = { words: ['It is ', '21 degrees.'], tokens: [90, 7] };

function answerTo({ prompt, results }: Asked): MadeAnswer {
  if (results.length > 0) return AFTER_RESULTS;
  return prompt.includes('[made tools]') ? TOOLS : prompt.includes('[made reasoning]') ? REASONED : TEXT;
}

let database: TestDatabase;
let server: ServerProcess;
const upstreams: LoopbackServer[] = [];
const seen = new Map<Family, Request[]>(FAMILIES.map((family) => [family, []]));

beforeAll(async () => {
  database = await createTestDatabase();
  const env: Record<string, string> = {};
  for (const family of FAMILIES.filter(({ at }) => at === undefined)) {
    const answer = answerWith(family, answerTo, seen.get(family) ?? []);
    const upstream = await serveHttp((request, response) => void answer(request, response));
    upstreams.push(upstream);
    Object.assign(env, family.env(upstream.url));
  }
  server = await startServerProcess({ databaseUrl: database.url, env });
  await setPrices(
    server.banner,
    FAMILIES.map(({ model }) => model),
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  for (const upstream of upstreams) await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const cells = CALLERS.flatMap((caller) => FAMILIES.map((family) => ({ title: `${caller.name} in, ${family.name} out`, caller, family })));
const EXPECTED_CALLS = [CALLS.paris, CALLS.oslo].map(({ name, pieces }) => ({ name, input: JSON.parse(pieces.join('')) as unknown }));
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TOOL = { name: 'get_weather', schema: SCHEMA };
const FAILURES: readonly { readonly failure: Failure; readonly httpStatus: number; readonly retryAfter: string | null }[] = [
  { failure: 'limited', httpStatus: 429, retryAfter: '7' },
  { failure: 'invalid', httpStatus: 400, retryAfter: null },
  { failure: 'long', httpStatus: 400, retryAfter: null },
  { failure: 'unauthorized', httpStatus: 502, retryAfter: null },
];

/** What the ledger must hold of each call in the end. */
const expectedRows = new Map<string, LedgerRow>();

function expectRow({ requestId }: Folded, row: Omit<LedgerRow, 'costNanoUsd'>): void {
  expect(requestId).not.toBe('');
  // Prices of the test: a dollar for a million tokens in, three for a million out.
  const cost = Number(row.inputTokens) * 1000 + Number(row.outputTokens) * 3000;
  expectedRows.set(requestId, { ...row, costNanoUsd: String(cost) });
}

describe.each(cells)('$title', { concurrent: true }, ({ title, caller, family }) => {
  const { words } = caller;
  let count = 0;
  /** Asks with a prompt of its own, and tells what the upstream was asked by it. */
  async function ask(question: Omit<Question, 'model'>): Promise<{ told: Folded; asked: Asked }> {
    const prompt = question.after === undefined ? `${question.prompt} ${title} ${(count += 1)}.` : question.prompt;
    const told = await caller.ask(server.banner, { model: family.model, ...question, prompt });
    const request = seen.get(family.at ?? family)?.findLast(({ text }) => text.includes(`${prompt}"`));
    if (request === undefined) throw new Error(`nothing was sent to the upstream; the caller was told ${JSON.stringify(told)}`);
    return { told, asked: family.read(request) };
  }
  const succeeded = (told: Folded, [inputTokens, outputTokens]: MadeAnswer['tokens'], warnings: readonly string[] = []): void =>
    expectRow(told, {
      door: caller.door,
      outcome: 'SUCCEEDED',
      basis: 'ACTUAL',
      errorCode: null,
      inputTokens: String(inputTokens),
      outputTokens: String(outputTokens),
      warnings,
    });
  const plain = {
    model: family.model.slice(family.model.indexOf('/') + 1),
    image: null,
    tools: [],
    calls: [],
    results: [],
    reasoning: null,
  };

  it.each([false, true])('gives a text (stream: %s)', async (isStream) => {
    const { told, asked } = await ask({ prompt: '[made text]', isStream });
    expect(told).toMatchObject({
      httpStatus: 200,
      text: 'Good morning, ✓ world.',
      reasoning: '',
      calls: [],
      finish: words.stop,
      tokens: TEXT.tokens,
      error: null,
      retryAfter: null,
      warnings: 0,
    });
    expect(asked).toEqual({ ...plain, isStream, prompt: expect.stringContaining(title) as string });
    succeeded(told, TEXT.tokens);
  });

  it.each([false, true])('calls tools and takes their results (stream: %s)', async (isStream) => {
    const question = { prompt: `[made tools] ${title} ${isStream}.`, isStream, hasTools: true };
    const first = await ask(question);
    expect(first.told).toMatchObject({
      text: 'Two cities. ',
      calls: EXPECTED_CALLS,
      finish: words.tools,
      tokens: TOOLS.tokens,
      error: null,
      warnings: 0,
    });
    expect(first.asked).toMatchObject({ ...plain, tools: [TOOL] });
    succeeded(first.told, TOOLS.tokens);
    const second = await ask({ ...question, after: first.told });
    expect(second.told).toMatchObject({
      text: 'It is 21 degrees.',
      calls: [],
      finish: words.stop,
      tokens: AFTER_RESULTS.tokens,
      warnings: 0,
    });
    expect(second.asked).toMatchObject({
      ...plain,
      tools: [TOOL],
      calls: EXPECTED_CALLS,
      results: EXPECTED_CALLS.map((call) => ({ text: resultOf(call) })),
    });
    expect(second.asked.results.map(({ id }) => id)).toEqual(second.asked.calls.map(({ id }) => id));
    succeeded(second.told, AFTER_RESULTS.tokens);
  });

  it.each(family.reasoning === 'hidden' ? [] : [false, true])(
    'shows reasoning and brings it back with its signature (stream: %s)',
    async (isStream) => {
      const question = { prompt: `[made reasoning] ${title} ${isStream}.`, isStream, hasTools: true, isReasoning: true };
      const first = await ask(question);
      expect(first.told).toMatchObject({
        text: '',
        reasoning: 'The city is Paris.',
        calls: EXPECTED_CALLS.slice(0, 1),
        finish: words.tools,
        error: null,
      });
      succeeded(first.told, REASONED.tokens, reasoningWarnings(caller, family));
      const second = await ask({ ...question, after: first.told });
      expect(second.told).toMatchObject({ text: 'It is 21 degrees.', finish: words.stop });
      expect(second.asked).toMatchObject({
        calls: EXPECTED_CALLS.slice(0, 1),
        reasoning: { text: 'The city is Paris.', signature: family.reasoning === 'signed' ? SIGNATURE : null },
      });
      succeeded(second.told, AFTER_RESULTS.tokens, reasoningWarnings(caller, family));
    },
  );

  it('sends an image', async () => {
    const { told, asked } = await ask({ prompt: '[made text]', isStream: false, image: PNG });
    expect(told).toMatchObject({ text: 'Good morning, ✓ world.', warnings: 0 });
    expect(asked).toMatchObject({ ...plain, image: { mediaType: 'image/png', data: PNG } });
    succeeded(told, TEXT.tokens);
  });

  const failing = FAILURES.flatMap((failure) => [false, true].map((isStream) => ({ ...failure, isStream })));
  it.each(failing)('tells a failure: $failure (stream: $isStream)', async ({ failure, httpStatus, retryAfter, isStream }) => {
    const { told } = await ask({ prompt: `[made ${failure}]`, isStream });
    expect(told).toMatchObject({ httpStatus, error: words[failure], retryAfter, text: '', calls: [], finish: null });
    const errorCode = { limited: 'RATE_LIMITED', invalid: 'INVALID_INPUT', long: 'CONTEXT_TOO_LONG', unauthorized: 'PROVIDER_FAILED' }[
      failure
    ];
    expectRow(told, { door: caller.door, outcome: 'FAILED', basis: 'VOID', errorCode, inputTokens: '0', outputTokens: '0', warnings: [] });
  });

  it('says that a stream broke, after what had come', async () => {
    const { told } = await ask({ prompt: '[made broken]', isStream: true });
    expect(told).toMatchObject({ httpStatus: told.text === '' ? 502 : 200, error: words.broken, finish: null });
    expect('Good morning').toContain(told.text);
  });
});

describe('the ledger after all of them', () => {
  it('has one settled row for each call, with its tokens, its basis and its cost to the nano-dollar', async () => {
    const rows = await readLedger(database);
    expect(rows.size).toBe([...seen.values()].flat().length);
    expect(Object.fromEntries([...rows].filter(([id]) => expectedRows.has(id)))).toEqual(Object.fromEntries(expectedRows));
    // What is not among them are the streams that broke, one in each cell.
    expect(rows.size - expectedRows.size).toBe(cells.length);
  });
});
