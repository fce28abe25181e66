import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../kernel/clock/index.ts';
import type { CompletionRequest, JsonObject, ProviderCall, StreamPart } from '../../contract.ts';
import { createLocalEchoProvider } from './index.ts';

const echo = createLocalEchoProvider({ clock: new ManualClock(7000) });

function callOf(
  request: Partial<CompletionRequest> & { readonly script?: JsonObject } = {},
  signal = new AbortController().signal,
  model = 'echo',
): ProviderCall {
  const { script, ...rest } = request;
  return {
    model,
    request: () => ({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'be kind' }] },
        { role: 'user', content: [{ type: 'text', text: 'one two  three' }] },
      ],
      ...rest,
      ...(script === undefined ? {} : { extra: { antiphonEcho: script } }),
    }),
    wire: null,
    context: { attemptId: 'a1', signal, remainingMs: 1000, traceHeaders: {} },
  };
}

async function partsOf(call: ProviderCall): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  const error = await echo.stream(call, { part: (part) => void parts.push(part) }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { parts, error };
}

describe('the local echo', () => {
  it('says back what the user said last, word by word, with true counts', async () => {
    const { parts } = await partsOf(callOf());
    expect(parts.slice(1)).toEqual([
      { type: 'text-delta', choice: 0, text: 'one' },
      { type: 'text-delta', choice: 0, text: ' two' },
      { type: 'text-delta', choice: 0, text: '  three' },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' },
      { type: 'usage', usage: expect.objectContaining({ inputTokens: 5, outputTokens: 3, totalTokens: 8 }) as unknown },
    ]);
    expect(parts[0]).toMatchObject({ type: 'response-start', id: 'echo-a1', model: 'echo', createdAtSeconds: 7 });
  });

  it('answers whole calls with the same', async () => {
    const result = await echo.complete(callOf());
    expect(result).toMatchObject({
      model: 'echo',
      choices: [{ text: 'one two  three', finishReason: 'stop' }],
      usage: { totalTokens: 8 },
      wire: null,
    });
  });

  it('gives as many choices and tokens as asked for', async () => {
    const { choices, usage } = await echo.complete(callOf({ choiceCount: 2, maxOutputTokens: 1 }));
    expect(choices.map(({ index, text, finishReason }) => ({ index, text, finishReason }))).toEqual([
      { index: 0, text: 'one', finishReason: 'length' },
      { index: 1, text: 'one', finishReason: 'length' },
    ]);
    expect(usage?.outputTokens).toBe(2);
  });

  it('reasons and calls tools as scripted', async () => {
    const script = { reasoning: 'let me think', toolCalls: [{ name: 'f', arguments: { a: 1 } }] };
    const { choices, usage } = await echo.complete(callOf({ script }));
    expect(choices[0]).toMatchObject({
      text: '',
      reasoning: [{ text: 'let me think' }],
      toolCalls: [{ id: 'call_echo_0_0', name: 'f', argumentsText: '{"a":1}' }],
      finishReason: 'tool-calls',
    });
    expect(usage).toMatchObject({ reasoningTokens: 3, outputTokens: 1 });
  });

  it.each([
    [{ failWith: 'rate-limit' }, 0, 'rate-limit'],
    [{ failWith: 'overloaded', failAfterTokens: 2 }, 2, 'overloaded'],
    [{ failWith: 'transport', failAfterTokens: 99 }, 3, 'transport'],
    [{ malformed: true, failAfterTokens: 1 }, 1, 'malformed'],
  ])('fails as scripted by %j', async (script, tokens, errorClass) => {
    const { parts, error } = await partsOf(callOf({ script }));
    expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(tokens);
    expect(parts.some(({ type }) => type === 'response-start')).toBe(tokens > 0);
    expect(error).toMatchObject({ name: 'ProviderError', errorClass });
  });

  it.each([{ hang: true, failAfterTokens: 2 }, { tokenIntervalMs: 60_000 }])(
    'lets go at once when it is aborted while %j',
    async (script) => {
      const controller = new AbortController();
      const parts: StreamPart[] = [];
      const stream = echo.stream(callOf({ script }, controller.signal), {
        part: (part) => {
          parts.push(part);
          if (part.type === 'text-delta') setImmediate(() => controller.abort());
        },
      });
      await expect(stream).rejects.toMatchObject({ errorClass: 'cancelled' });
      expect(parts.some(({ type }) => type === 'choice-finish')).toBe(false);
    },
  );

  it('does nothing for a call that was aborted before', async () => {
    const { parts, error } = await partsOf(callOf({}, AbortSignal.abort()));
    expect(parts).toEqual([]);
    expect(error).toMatchObject({ errorClass: 'cancelled' });
  });

  it('warns of what it cannot do', async () => {
    const { warnings } = await echo.complete(callOf({ logprobs: { topCount: 1 }, responseFormat: { type: 'json-object' } }));
    expect(warnings).toEqual(['The local echo keeps to no response format.', 'The local echo has no log probabilities.']);
  });

  it('has one model', async () => {
    expect((await partsOf(callOf({}, undefined, 'gpt-4'))).error).toMatchObject({ errorClass: 'not-found', param: 'model' });
  });
});
