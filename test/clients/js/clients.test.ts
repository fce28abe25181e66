import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer } from '../client-server.ts';
import { failAsAsked, type Seen } from '../failures.ts';
import { answerResponses } from '../made-responses.ts';
import { SCENARIOS } from '../scenarios.ts';
import type { ClientProgram, ConnectedClient } from './client-program.ts';
import { loadIfInstalled, PROGRAMS } from './programs.ts';

const GREETING = 'Good morning, ✓ world.';
/** What a provider that is busy tells: a client that comes back at its own time does so sooner. */
const PAUSE_MS = 1_000;

const seen: Seen = new Map();
const fail = failAsAsked(seen);

let stand: ClientServer;
beforeAll(async () => {
  stand = await startClientServer((request, response) => fail(request, response) || answerResponses(request, response));
});
afterAll(() => stand[Symbol.asyncDispose]());

function connect(program: ClientProgram, { apiKey = stand.server.banner.apiKey, retries = 0 } = {}): ConnectedClient {
  const { openaiBaseUrl } = stand.server.banner;
  return program.connect({ openAiUrl: openaiBaseUrl, rootUrl: new URL(openaiBaseUrl).origin, apiKey, retries });
}

async function expectException(program: ClientProgram, kind: keyof ClientProgram['exceptions'], call: Promise<unknown>): Promise<void> {
  const error = await call.then(
    () => expect.fail('an exception was expected'),
    (thrown: unknown) => thrown,
  );
  const [exceptionClass, status] = program.exceptions[kind];
  if (typeof exceptionClass === 'string') expect((error as Error).name).toBe(exceptionClass);
  else expect(error).toBeInstanceOf(exceptionClass);
  const { status: plain, statusCode, status_code: snake } = error as Readonly<Record<string, unknown>>;
  expect(plain ?? statusCode ?? snake).toBe(status);
}

/** Answers for Paris only, and remembers for which cities it was asked. */
function weatherStation() {
  const cities: string[] = [];
  const weather = (city: string): string => {
    cities.push(city);
    return '21 degrees';
  };
  return { cities, weather };
}

function describeOverWire(program: ClientProgram, wire: Wire): void {
  const model = MODELS[wire];

  it(SCENARIOS.answer, async () => {
    expect((await connect(program).ask(model, '[made text]')).text).toBe(GREETING);
  });

  it(SCENARIOS.stream, async () => {
    const { text, pieces } = await connect(program).stream(model, '[made text]');
    expect([text, pieces.join('')]).toEqual([GREETING, GREETING]);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
  });

  it(SCENARIOS.usage, async () => {
    const client = connect(program);
    for (const told of [await client.ask(model, '[made text]'), await client.stream(model, '[made text]')])
      expect([told.inputTokens, told.outputTokens]).toEqual([11, 5]);
  });

  it(SCENARIOS.tools, async () => {
    const { cities, weather } = weatherStation();
    expect(await connect(program).converse(model, '[made tool]', weather)).toBe('It is 21 degrees.');
    expect(cities).toEqual(['Paris']);
    expect(stand.upstreams[wire].requests.at(-1)?.text).toContain('21 degrees');
  });

  it(SCENARIOS.streamedTools, async () => {
    const { cities, weather } = weatherStation();
    expect(await connect(program).converseInStream(model, '[made tool]', weather)).toBe('It is 21 degrees.');
    expect(cities).toEqual(['Paris']);
    expect(stand.upstreams[wire].requests.at(-1)?.isStream).toBe(true);
  });

  it(SCENARIOS.limited, async () => {
    const client = connect(program);
    await expectException(program, 'limited', client.ask(model, '[fails limited]'));
    await expectException(program, 'limited', client.stream(model, '[fails limited]'));
  });

  if (typeof program.repeats !== 'string') return;
  it(SCENARIOS.repeats, async () => {
    seen.delete('busy');
    const startedAt = performance.now();
    expect((await connect(program, { retries: 2 }).ask(model, '[fails busy]')).text).toBe(GREETING);
    expect(seen.get('busy')).toBe(2);
    if (program.repeats === 'when told') expect(performance.now() - startedAt).toBeGreaterThanOrEqual(PAUSE_MS);
  });
}

const loaded = await Promise.all(PROGRAMS.map(async (entry) => [entry.name, await loadIfInstalled(entry)] as const));

describe.each(loaded)('JavaScript client %s', (name, program) => {
  if (program === null) {
    it.skip('is not installed', () => undefined);
    return;
  }

  it('goes by the name of its package', () => expect(program.name).toBe(name));

  describe.each(['openai', 'anthropic'] satisfies Wire[])('over an upstream of the %s wire', (wire) => describeOverWire(program, wire));

  describe('before an upstream', () => {
    it(SCENARIOS.wrongKey, async () => {
      const client = connect(program, { apiKey: 'sk-not-ours' });
      await expectException(program, 'wrongKey', client.ask('local/echo', 'hello'));
      await expectException(program, 'wrongKey', client.stream('local/echo', 'hello'));
    });

    it(SCENARIOS.unknownModel, async () => {
      const client = connect(program);
      await expectException(program, 'unknownModel', client.ask('nobody/model', 'hello'));
      await expectException(program, 'unknownModel', client.stream('nobody/model', 'hello'));
    });
  });
});
