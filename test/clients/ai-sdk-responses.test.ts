import { createOpenAI } from '@ai-sdk/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';
import { CALLS } from './made-answers.ts';
import { answerResponses } from './made-responses.ts';

/** A language model of the Vercel AI SDK, as its core calls it. */
type Model = ReturnType<ReturnType<typeof createOpenAI>['responses']>;
type Options = Parameters<Model['doGenerate']>[0];
type AssistantContent = Extract<Options['prompt'][number], { role: 'assistant' }>['content'];
type Content = Awaited<ReturnType<Model['doGenerate']>>['content'];

let stand: ClientServer;
beforeAll(async () => {
  stand = await startClientServer(answerResponses);
});
afterAll(() => stand[Symbol.asyncDispose]());

const modelOf = (model: string): Model => {
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  return createOpenAI({ baseURL, apiKey }).responses(model);
};

const user = (text: string): Options['prompt'][number] => ({ role: 'user', content: [{ type: 'text', text }] });
const tools: NonNullable<Options['tools']> = [
  { type: 'function', name: 'get_weather', inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
];

/** An answer as the next prompt holds it: with the SDK's marks, by which it refers to kept items. */
function toAssistant(content: Content): Options['prompt'][number] {
  const parts = content.flatMap((part): AssistantContent => {
    const marks = 'providerMetadata' in part && part.providerMetadata !== undefined ? { providerOptions: part.providerMetadata } : {};
    if (part.type === 'text') return [{ type: 'text', text: part.text, ...marks }];
    if (part.type !== 'tool-call') return [];
    const { toolCallId, toolName, input } = part;
    return [{ type: 'tool-call', toolCallId, toolName, input: JSON.parse(input) as unknown, ...marks }];
  });
  return { role: 'assistant', content: parts };
}

const weather: Options['prompt'][number] = {
  role: 'tool',
  content: [CALLS.paris, CALLS.oslo].map(({ id: toolCallId }) => ({
    type: 'tool-result',
    toolCallId,
    toolName: 'get_weather',
    output: { type: 'text', value: '21 degrees' },
  })),
};

describe.each([MODELS.openai, MODELS.anthropic])('the Vercel AI SDK over responses of %s', (id) => {
  it.each([true, false])('runs a tool over two steps (kept by the server: %s)', async (store) => {
    const model = modelOf(id);
    const providerOptions = { openai: { store } };
    const first = await model.doGenerate({ prompt: [user('[made tools]')], tools, providerOptions });
    expect(first.content).toMatchObject([
      { type: 'text' },
      { type: 'tool-call', toolCallId: CALLS.paris.id, toolName: 'get_weather', input: '{"city":"Paris"}' },
      { type: 'tool-call', toolCallId: CALLS.oslo.id, toolName: 'get_weather', input: '{"city":"Oslo"}' },
    ]);
    expect(first.finishReason.unified).toBe('tool-calls');
    expect(first.usage).toMatchObject({ inputTokens: { total: 60 }, outputTokens: { total: 34 } });
    const prompt = [user('[made tools]'), toAssistant(first.content), weather];
    const second = await model.doGenerate({ prompt, tools, providerOptions });
    expect(second.content).toMatchObject([{ type: 'text', text: 'It is 21 degrees.' }]);
    const wire = id === MODELS.openai ? 'openai' : 'anthropic';
    const sent = stand.upstreams[wire].requests.at(-1)?.text ?? '';
    // What is kept is named by its id, which OpenAI knows where it made the answer itself; others are told what it says.
    expect(sent.includes('item_reference')).toBe(store && wire === 'openai');
    expect(sent).toContain('21 degrees');
    if (wire === 'anthropic') expect(sent).toContain('"tool_use"');
  });

  it('reads a stream to its end', async () => {
    const { stream } = await modelOf(id).doStream({ prompt: [user('[made tools]')], tools });
    const parts: { type: string }[] = [];
    for await (const part of stream) parts.push(part);
    expect(parts.filter(({ type }) => type === 'error')).toEqual([]);
    expect(parts.filter(({ type }) => type === 'tool-call')).toMatchObject([{ toolCallId: CALLS.paris.id }, { toolCallId: CALLS.oslo.id }]);
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'tool-calls' } });
  });

  it('gets an answer that keeps to a schema', async () => {
    const responseFormat = { type: 'json', name: 'trip', schema: { type: 'object', properties: { city: { type: 'string' } } } } as const;
    const { content } = await modelOf(id).doGenerate({ prompt: [user('[made json]')], responseFormat });
    expect(content).toMatchObject([{ type: 'text', text: '{"city":"Paris","days":3}' }]);
  });
});
