import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import { serveUpstream, type Upstream, type Wire } from '../testkit/upstream.ts';
import {
  anthropicDoor,
  geminiDoor,
  geminiListDoor,
  graphqlDoor,
  ollamaDoor,
  openAiDoor,
  responsesDoor,
  type Door,
  type Told,
} from './doors.ts';
import { faultOf, FAULTS, FAULTS_OF_ANY_WIRE, LEAKED_KEYS, promptFor, UPSTREAM_WORDS, type Expected, type Fault } from './faults.ts';
import { readAllButPayloads, readBalance, readCall } from './ledger-rows.ts';

const KEYS: Readonly<Record<Wire, string>> = { openai: 'sk-planted-openai-0123456789', anthropic: 'sk-ant-planted-anthropic-0123456789' };
const MODELS: Readonly<Record<Wire, string>> = { openai: 'openai/gpt-4.1-mini', anthropic: 'anthropic/claude-haiku-4-5' };
/** Seven tokens in and three out, as the upstream tells. */
const COST_NANO_USD: Readonly<Record<Wire, string>> = { openai: '7600', anthropic: '22000' };
const PROMPT_MARKER = 'planted-prompt-5e90';

let database: TestDatabase;
let upstreams: Readonly<Record<Wire, Upstream>>;
let server: ServerProcess;
const answers: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const serve = (wire: Wire): Promise<Upstream> =>
    serveUpstream(wire, (response, request) => faultOf(request).answer(wire, response, request));
  upstreams = { openai: await serve('openai'), anthropic: await serve('anthropic') };
  server = await startServerProcess({
    databaseUrl: database.url,
    env: {
      OPENAI_API_KEY: KEYS.openai,
      OPENAI_BASE_URL: upstreams.openai.baseUrl,
      ANTHROPIC_API_KEY: KEYS.anthropic,
      ANTHROPIC_BASE_URL: upstreams.anthropic.baseUrl,
    },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await upstreams.openai[Symbol.asyncDispose]();
  await upstreams.anthropic[Symbol.asyncDispose]();
  await database.drop();
});

async function ask(door: Door, wire: Wire, fault: Fault, isStream: boolean, deadlineMs: number | undefined): Promise<Told> {
  const told = await door.ask(server.banner, {
    model: MODELS[wire],
    prompt: promptFor(fault, PROMPT_MARKER),
    isStream,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  answers.push(told.raw);
  return told;
}

const DOORS: readonly Door[] = [openAiDoor, responsesDoor, anthropicDoor, geminiDoor, geminiListDoor, ollamaDoor, graphqlDoor];

/** Once a stream has begun its status is spent. */
function statusAt(door: Door, { code, errorClass, content }: Expected): number {
  return code === null || content !== undefined ? 200 : door.statusOf({ code, errorClass });
}

function checkTold(door: Door, told: Told, expected: Expected): void {
  const { code, content = '', retryAfterMs = null, showsWords = false } = expected;
  expect({ code: told.code, content: told.content, httpStatus: told.httpStatus }).toEqual({
    code,
    content,
    httpStatus: statusAt(door, expected),
  });
  expect(told.message.includes(UPSTREAM_WORDS)).toBe(showsWords);
  if (door.tellsRetryAfter || code === 'RATE_LIMITED') expect(told.retryAfterMs).toBe(retryAfterMs);
  if (door.tellsRetryAfter) expect(told.headers.get('x-should-retry')).toBeNull();
  if (told.attempts !== null && code !== null)
    expect(told.attempts).toEqual([
      { errorClass: expected.errorClass?.toUpperCase().replace('-', '_') ?? null, httpStatus: expected.httpStatus },
    ]);
}

/** OpenAI gets what comes through the Responses door on its Responses wire, whose streams and bodies the upstream here does not make. */
function doorsFor(fault: Fault, wire: Wire): readonly Door[] {
  return wire === 'anthropic' || FAULTS_OF_ANY_WIRE.includes(fault) ? DOORS : DOORS.filter((door) => door !== responsesDoor);
}

const cases = FAULTS.flatMap((fault) =>
  (['openai', 'anthropic'] as const).flatMap((wire) =>
    [false, true].flatMap((isStream) => {
      const expected = (isStream ? fault.stream : fault.whole)?.(wire);
      if (expected === undefined) return [];
      return doorsFor(fault, wire).map((door) => ({
        title: `${fault.name}: ${door.name} door, ${wire} wire, ${isStream ? 'streamed' : 'whole'}`,
        fault,
        wire,
        isStream,
        door,
        expected,
      }));
    }),
  ),
);

describe('a provider that misbehaves', () => {
  it.concurrent.each(cases)('$title', async ({ fault, wire, isStream, door, expected }) => {
    const told = await ask(door, wire, fault, isStream, expected.deadlineMs);
    checkTold(door, told, expected);
    const row = await readCall(database, told.requestId);
    const { code, errorClass, httpStatus, basis = 'VOID' } = expected;
    const outcome = code === null ? 'SUCCEEDED' : 'FAILED';
    expect(row).toMatchObject({
      door: door.ledgerName,
      isStreaming: isStream,
      kind: 'SETTLED',
      outcome,
      basis,
      errorCode: code,
    });
    expect(row?.attempts).toMatchObject([{ ordinal: 1, providerId: wire, outcome, basis, errorClass, httpStatus }]);
    expect(row?.errorMessage ?? '').toBe(code === null ? '' : told.message);
    expect(row?.input).toContain(PROMPT_MARKER);
    const costNanoUsd = row?.attempts[0]?.costNanoUsd ?? null;
    expect(row?.costNanoUsd).toBe(costNanoUsd);
    if (basis === 'VOID') expect(costNanoUsd).toBe('0');
    if (basis === 'ACTUAL') expect(costNanoUsd).toBe(COST_NANO_USD[wire]);
    if (basis === 'ESTIMATED') expect(Number(costNanoUsd)).toBeGreaterThan(0);
  });

  it('leaves one settled row a call and attempt, and nothing in flight', async () => {
    expect(await readBalance(database)).toEqual({
      started: cases.length,
      settled: cases.length,
      attempts: cases.length,
      settledAttempts: cases.length,
    });
    const requests = upstreams.openai.requests.length + upstreams.anthropic.requests.length;
    expect(requests).toBe(cases.length);
  });

  it('learns our key and nobody else does: not callers, not the log, not metrics, not the ledger', async () => {
    expect(upstreams.openai.requests[0]?.headers.authorization).toBe(`Bearer ${KEYS.openai}`);
    expect(upstreams.anthropic.requests[0]?.headers['x-api-key']).toBe(KEYS.anthropic);
    const metrics = await (await fetch(`${server.banner.opsUrl}/metrics`)).text();
    const places = { answers: answers.join('\n'), log: server.logText(), metrics, ledger: await readAllButPayloads(database) };
    const planted = [...Object.values(KEYS), ...LEAKED_KEYS, server.banner.apiKey];
    const found = Object.entries(places).flatMap(([place, text]) =>
      planted.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
    );
    expect(found).toEqual([]);
    expect(Object.entries(places).filter(([place, text]) => place !== 'answers' && text.includes(PROMPT_MARKER))).toEqual([]);
    expect(places.log).not.toContain(UPSTREAM_WORDS);
    expect(places.metrics).not.toContain(UPSTREAM_WORDS);
    expect(places.metrics).toContain('antiphon_attempts_total{provider="openai",error_class="transport"}');
  });
});
