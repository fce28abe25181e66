import { describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createHttpClient, type HttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import {
  createOpenAiCompatibleProvider,
  OPENAI_CAPABILITIES,
  OPENAI_WIRE,
} from '../../server/src/modules/providers/adapters/openai-compatible/index.ts';
import { withResponsesApi } from '../../server/src/modules/providers/adapters/openai-responses/index.ts';
import { fromResponsesBody } from '../../server/src/modules/providers/adapters/openai-responses/responses.door-request.ts';
import { writeItems } from '../../server/src/modules/providers/adapters/openai-responses/responses.layout-writer.ts';
import {
  ProviderError,
  type Choice,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type RelayFacts,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import { differences, serveRecorded, type RecordedExchange, type Splitting } from '../testkit/replay-server.ts';
import { HAS_RECORDINGS, readCases, type RecordedCase } from './responses.cases.ts';
import { ERROR_CLASSES, FAILED_STREAMS, NOT_A_RESPONSE, REQUEST_EXCEPTIONS, TRIMMED_DELTAS } from './responses.expectations.ts';
import {
  commonRequest,
  eventsOf,
  foldDeltas,
  foldItems,
  lastResponse,
  withStreamedEncryption,
  type FoldedResponse,
} from './responses.fold.ts';

const cases = readCases();
const responses = cases.filter(({ api, name }) => api === 'responses' && NOT_A_RESPONSE[name] === undefined);
const answers = responses.filter(({ status, body }) => status === 200 && body !== null);
const streams = responses.filter(({ stream, name }) => stream !== null && FAILED_STREAMS[name] === undefined);
const failedStreams = responses.filter(({ name }) => FAILED_STREAMS[name] !== undefined);
const failures = responses.filter(({ status }) => status >= 400);
const counts = cases.filter(({ api }) => api === 'count-tokens');
const httpClient = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });

const ANY_REQUEST: JsonObject = { model: 'any', input: 'hello' };

function providerAt(recorded: RecordedCase, baseUrl: string, client: HttpClient = httpClient): Provider {
  const settings = {
    id: recorded.provider,
    displayName: recorded.provider,
    baseUrl,
    apiKey: new Secret('sk-test-key'),
    capabilities: OPENAI_CAPABILITIES,
    wire: OPENAI_WIRE,
    egress: 'operator',
    httpClient: client,
    clock: systemClock,
  } as const;
  const responsesApi = { translates: () => true, countsTokens: true };
  return withResponsesApi(createOpenAiCompatibleProvider(settings), { ...settings, responses: responsesApi });
}

function callOf(body: JsonObject, lane: 'neutral' | 'verbatim'): ProviderCall {
  return {
    model: typeof body['model'] === 'string' ? body['model'] : 'any',
    request: () => fromResponsesBody(body),
    wire: lane === 'verbatim' ? { dialect: 'openai-responses', body } : null,
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} },
  };
}

/** The recorded request, `stream` as this call has it. */
function bodyOf({ requestBody }: RecordedCase, isStream: boolean): JsonObject {
  const { stream: _stream, ...body } = requestBody ?? ANY_REQUEST;
  return { model: 'any', ...body, ...(isStream ? { stream: true } : {}) };
}

function exchangeOf(recorded: RecordedCase, body: JsonObject, normalize?: (body: unknown) => unknown): RecordedExchange {
  return {
    method: 'POST',
    path: '/v1/responses',
    requestHeaders: { authorization: 'Bearer sk-test-key', 'content-type': 'application/json' },
    requestBody: body,
    ...(normalize === undefined ? {} : { normalize }),
    status: recorded.status,
    responseHeaders: recorded.headers,
    responseBody: recorded.stream ?? recorded.body ?? Buffer.alloc(0),
  };
}

function feedingClient(recorded: RecordedCase, pieceBytes: number): HttpClient {
  const bytes = recorded.stream ?? Buffer.alloc(0);
  return {
    send: () => Promise.reject(new Error('not a stream')),
    stream: async (_request, receiver) => {
      receiver.onHead(200, { 'content-type': 'text/event-stream', ...recorded.headers });
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const pending = receiver.onData(bytes.subarray(at, at + pieceBytes));
        if (pending !== undefined) await pending;
      }
    },
    close: () => Promise.resolve(),
  };
}

function foldChoice(choice: Choice): FoldedResponse {
  return {
    text: choice.text,
    refusal: choice.refusal ?? '',
    reasoning: choice.reasoning.map((part) => ({
      text: part.text,
      isEncrypted: part.signature !== undefined || part.redactedData !== undefined,
    })),
    calls: choice.toolCalls.map(({ id, name, argumentsText, extra }) => ({
      id,
      name,
      arguments: argumentsText,
      isCustom: extra?.['type'] === 'custom',
    })),
    logprobTokens: (choice.logprobs as { content?: unknown[] } | null)?.content?.length ?? 0,
    annotations: ((choice.extra['annotations'] as unknown[] | undefined) ?? []).length,
  };
}

function itemsOf(choice: Choice): unknown {
  const logprobs = (choice.logprobs as { content?: JsonValue[] } | null)?.content ?? [];
  return writeItems({ ...choice, logprobs }, (choice.extra['output_items'] ?? []) as readonly JsonValue[]);
}

function checkUsage(usage: Usage | null, wire: unknown): void {
  if (wire === null || wire === undefined) {
    expect(usage).toBeNull();
    return;
  }
  const { input_tokens: input, output_tokens: output, ...rest } = wire as Record<string, number>;
  const details = (name: string, bucket: string): unknown => ((rest[name] ?? {}) as Record<string, unknown>)[bucket] ?? 0;
  const { totalTokens, raw, units: _units, ...buckets } = usage ?? expect.fail('no usage');
  expect(raw).toEqual(wire);
  expect(Object.values(buckets).reduce((sum, bucket) => sum + bucket, 0)).toBe(totalTokens);
  expect(totalTokens).toBe(rest['total_tokens'] ?? Number(input) + Number(output));
  expect(buckets.cachedReadTokens).toBe(details('input_tokens_details', 'cached_tokens'));
  expect(buckets.cacheWriteTokens).toBe(details('input_tokens_details', 'cache_write_tokens'));
  expect(buckets.reasoningTokens).toBe(details('output_tokens_details', 'reasoning_tokens'));
}

function checkFinish(choice: Choice, response: Record<string, unknown>): void {
  const reason = (response['incomplete_details'] as { reason?: string } | null | undefined)?.reason ?? null;
  expect(choice.rawFinishReason).toBe(response['status'] === 'incomplete' ? (reason ?? 'incomplete') : (response['status'] ?? null));
  if (response['status'] === 'incomplete') expect(choice.finishReason).toBe('length');
  else if (choice.toolCalls.length > 0) expect(choice.finishReason).toBe('tool-calls');
  else expect(choice.finishReason).toBe(choice.refusal === null ? 'stop' : 'refusal');
}

describe.skipIf(!HAS_RECORDINGS)('recorded responses', () => {
  it('are all replayed', () => {
    expect({
      answers: answers.length,
      streams: streams.length,
      failedStreams: failedStreams.length,
      failures: failures.length,
      counts: counts.length,
    }).toEqual({
      answers: 56,
      streams: 42,
      failedStreams: 2,
      failures: 7,
      counts: 2,
    });
  });

  it.each(answers)('keeps everything of $name', async (recorded) => {
    const wire = JSON.parse((recorded.body ?? Buffer.alloc(0)).toString()) as Record<string, unknown>;
    const body = bodyOf(recorded, false);
    await using server = await serveRecorded(exchangeOf(recorded, body));
    const result = await providerAt(recorded, `${server.url}/v1`).complete(callOf(body, 'verbatim'));
    expect(server.mismatches).toEqual([]);
    expect({ id: result.id, model: result.model, created: result.createdAtSeconds }).toEqual({
      id: wire['id'],
      model: wire['model'],
      created: wire['created_at'],
    });
    const choice = result.choices[0] ?? expect.fail('no choice');
    const output = wire['output'] as Record<string, unknown>[];
    expect(foldChoice(choice)).toEqual(foldItems(output));
    expect(itemsOf(choice)).toEqual(output);
    checkFinish(choice, wire);
    checkUsage(result.usage, wire['usage']);
    expect(result.wire?.body.equals(recorded.body ?? Buffer.alloc(0))).toBe(true);
  });
});

describe.skipIf(!HAS_RECORDINGS)('recorded requests of the Responses wire', () => {
  const requests = responses.filter(({ requestBody, name }) => requestBody !== null && REQUEST_EXCEPTIONS[name] === undefined);
  it.each(requests)('mean the same after the neutral form: $name', async (recorded) => {
    const { stream: _stream, previous_response_id: _previous, ...body } = bodyOf(recorded, false);
    await using server = await serveRecorded({
      ...exchangeOf(recorded, body, commonRequest),
      status: 500,
      responseBody: Buffer.from('{}'),
    });
    await expect(providerAt(recorded, `${server.url}/v1`).complete(callOf(body, 'neutral'))).rejects.toBeInstanceOf(ProviderError);
    expect(server.mismatches).toEqual([]);
  });
});

async function streamParts(recorded: RecordedCase, splitting: Splitting): Promise<StreamPart[]> {
  const body = bodyOf(recorded, true);
  await using server = await serveRecorded(exchangeOf(recorded, body), splitting);
  const parts: StreamPart[] = [];
  await providerAt(recorded, `${server.url}/v1`).stream(callOf(body, 'verbatim'), { part: (part) => void parts.push(part) });
  expect(server.mismatches).toEqual([]);
  return parts;
}

function withoutUpstream(parts: readonly StreamPart[]): unknown[] {
  return parts.map((part) => (part.type === 'response-start' ? { ...part, upstream: null } : part));
}

describe.skipIf(!HAS_RECORDINGS)('recorded streams of the Responses wire', () => {
  it.each(streams)('gives all of $name in parts, in the pieces it came in and at random ones', async (recorded) => {
    const events = eventsOf(recorded.stream ?? Buffer.alloc(0));
    const response = lastResponse(events);
    const output = response['output'] as Record<string, unknown>[];
    const parts = await streamParts(recorded, recorded.chunkLengths ?? 'whole');
    expect(parts[0]?.type).toBe('response-start');
    const builder = new ChoiceBuilder();
    for (const part of parts) builder.add(part);
    const choice = builder.build()[0] ?? expect.fail('no choice');
    const folded = foldChoice(choice);
    const deltas = foldDeltas(events);
    expect({ ...folded, logprobTokens: 0 }).toEqual({ ...foldItems(output), logprobTokens: 0 });
    if (TRIMMED_DELTAS[recorded.name] === undefined) {
      expect(folded.text.replaceAll('\n\n', '')).toBe(deltas.text.replaceAll('\n\n', '') || folded.text.replaceAll('\n\n', ''));
      expect(folded.refusal).toBe(deltas.refusal);
    }
    expect(itemsOf(choice)).toEqual(withStreamedEncryption(output, events));
    checkFinish(choice, response);
    checkUsage(parts.findLast((part) => part.type === 'usage')?.usage ?? null, response['usage']);
    expect(await streamParts(recorded, { seed: 7, mostBytes: 900 })).toEqual(parts);
    const byteByByte: StreamPart[] = [];
    await providerAt(recorded, 'http://feeding', feedingClient(recorded, 1)).stream(callOf(ANY_REQUEST, 'neutral'), {
      part: (part) => void byteByByte.push(part),
    });
    expect(withoutUpstream(byteByByte)).toEqual(withoutUpstream(parts));
  });

  it.each(streams)('relays $name byte for byte, knowing its usage and end', async (recorded) => {
    const bytes = recorded.stream ?? Buffer.alloc(0);
    const events = eventsOf(bytes);
    const response = lastResponse(events);
    for (const pieceBytes of [1, 97, 4096, bytes.length]) {
      const seen: { facts: RelayFacts; text: string }[] = [];
      const outcome = await providerAt(recorded, 'http://feeding', feedingClient(recorded, pieceBytes)).relay?.(
        callOf(ANY_REQUEST, 'verbatim'),
        {
          start: () => undefined,
          events: (piece, facts) => void seen.push({ facts, text: piece.toString('utf8') }),
        },
      );
      const all = seen.map(({ text }) => text).join('');
      expect(all.trimEnd()).toBe(bytes.toString('utf8').trimEnd());
      checkUsage(outcome?.usage ?? null, response['usage']);
      expect({ id: outcome?.id, model: outcome?.model }).toEqual({
        id: response['id'],
        model: events.map((event) => (event['response'] as { model?: string } | undefined)?.model).find((model) => model !== undefined),
      });
      const firstOutput = seen.findIndex(({ facts }) => facts.hasOutput);
      const before = eventsOf(
        Buffer.from(
          seen
            .slice(0, firstOutput)
            .map(({ text }) => text)
            .join(''),
        ),
      );
      expect(before.every((event) => /created|in_progress|queued/.test(String(event['type'])))).toBe(true);
      expect(seen.slice(firstOutput).every(({ facts }) => facts.hasOutput && !facts.isUsageEvent)).toBe(true);
      const end = seen.findIndex(({ facts }) => facts.isEnd);
      expect(seen[end]?.text).toMatch(/"response\.(completed|incomplete)"/);
      expect(seen.slice(end).every(({ facts }) => facts.isEnd)).toBe(true);
    }
  });

  it.each(failedStreams)('fails where $name fails, before anything was shown', async (recorded) => {
    for (const splitting of ['whole', { seed: 3, mostBytes: 50 }] as const) {
      await using server = await serveRecorded(exchangeOf(recorded, bodyOf(recorded, true)), splitting);
      const provider = providerAt(recorded, `${server.url}/v1`);
      const shown: string[] = [];
      await expect(
        provider.stream(callOf(bodyOf(recorded, true), 'verbatim'), { part: ({ type }) => void shown.push(type) }),
      ).rejects.toMatchObject({
        errorClass: FAILED_STREAMS[recorded.name],
        httpStatus: 200,
      });
      expect(shown).toEqual(['response-start']);
      const relayed: RelayFacts[] = [];
      const sink = { start: () => undefined, events: (_bytes: Buffer, facts: RelayFacts) => void relayed.push(facts) };
      await expect(provider.relay?.(callOf(bodyOf(recorded, true), 'verbatim'), sink)).rejects.toMatchObject({
        errorClass: FAILED_STREAMS[recorded.name],
      });
      expect(relayed.some(({ hasOutput }) => hasOutput)).toBe(false);
    }
  });
});

describe.skipIf(!HAS_RECORDINGS)('recorded errors of the Responses wire', () => {
  it.each(failures)('classes $name by its body', async (recorded) => {
    await using server = await serveRecorded({ ...exchangeOf(recorded, ANY_REQUEST), requestBody: undefined });
    const provider = providerAt(recorded, `${server.url}/v1`);
    const expected = { errorClass: ERROR_CLASSES[recorded.name], httpStatus: recorded.status };
    await expect(provider.complete(callOf(ANY_REQUEST, 'verbatim'))).rejects.toMatchObject(expected);
    await expect(provider.stream(callOf(ANY_REQUEST, 'verbatim'), { part: () => expect.fail('a part of an error') })).rejects.toMatchObject(
      expected,
    );
    const sink = { start: () => expect.fail('an error was relayed'), events: () => expect.fail('an error was relayed') };
    await expect(provider.relay?.(callOf(ANY_REQUEST, 'verbatim'), sink)).rejects.toMatchObject(expected);
  });

  it.each(cases.filter(({ name }) => NOT_A_RESPONSE[name] !== undefined))('refuses $name as malformed', async (recorded) => {
    await using server = await serveRecorded({ ...exchangeOf(recorded, ANY_REQUEST), requestBody: undefined });
    await expect(providerAt(recorded, `${server.url}/v1`).complete(callOf(ANY_REQUEST, 'verbatim'))).rejects.toMatchObject({
      errorClass: 'malformed',
    });
  });
});

describe.skipIf(!HAS_RECORDINGS)('recorded counts of input tokens', () => {
  it.each(counts)('are read from $name', async (recorded) => {
    const body = recorded.requestBody ?? ANY_REQUEST;
    await using server = await serveRecorded({ ...exchangeOf(recorded, body), path: '/v1/responses/input_tokens' });
    const count = await providerAt(recorded, `${server.url}/v1`).countTokens?.(
      callOf({ ...body, temperature: 1, stream: true }, 'verbatim'),
    );
    expect(count).toBe((JSON.parse((recorded.body ?? Buffer.alloc(0)).toString()) as { input_tokens: number }).input_tokens);
    expect(server.mismatches).toEqual([]);
  });
});

describe('the comparison itself (control)', () => {
  it('notices an item, a text or a parameter that went missing', () => {
    const items = [{ type: 'message', content: [{ type: 'output_text', text: 'x' }] }];
    expect(foldItems(items)).not.toEqual(foldItems([]));
    expect(foldItems([...items, ...items]).text).toBe('x\n\nx');
    expect(differences(commonRequest({ input: 'x' }), commonRequest({ input: 'x', top_p: 1 }), 'body')).toEqual([
      'body.top_p: sent nothing, recorded 1',
    ]);
  });

  it('takes two spellings of one meaning as the same', () => {
    const left = { input: 'x', instructions: 'be kind', store: true, stream: false };
    const right = {
      input: [
        { role: 'system', content: 'be kind' },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
      ],
    };
    expect(differences(commonRequest(left), commonRequest(right), 'body')).toEqual([]);
  });
});
