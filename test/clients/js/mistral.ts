import { Mistral } from '@mistralai/mistralai';
import type { AssistantMessage, ChatCompletionRequestMessage, Tool } from '@mistralai/mistralai/models/components';
import { MistralError } from '@mistralai/mistralai/models/errors';
import { addPiece, cityOf, WEATHER_PARAMETERS, type CallSoFar, type ClientProgram } from './client-program.ts';

const TOOLS: (Tool & { type: 'function' })[] = [{ type: 'function', function: { name: 'get_weather', parameters: WEATHER_PARAMETERS } }];

const textOf = (content: AssistantMessage['content']): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');

export const mistral: ClientProgram = {
  name: '@mistralai/mistralai',
  exceptions: { wrongKey: [MistralError, 401], unknownModel: [MistralError, 404], limited: [MistralError, 429] },
  repeats: 'when told',
  connect: ({ rootUrl, apiKey, retries }) => {
    const backoff = { initialInterval: 10, maxInterval: 5_000, exponent: 1, maxElapsedTime: 10_000 };
    const client = new Mistral({
      serverURL: rootUrl,
      apiKey,
      retryConfig: retries === 0 ? { strategy: 'none' } : { strategy: 'backoff', backoff },
    });
    return {
      ask: async (model, content) => {
        const { choices, usage } = await client.chat.complete({ model, messages: [{ role: 'user', content }] });
        return { text: textOf(choices[0]?.message?.content), inputTokens: usage.promptTokens, outputTokens: usage.completionTokens };
      },
      stream: async (model, content) => {
        const pieces: string[] = [];
        let usage: { promptTokens?: number | undefined; completionTokens?: number | undefined } | undefined;
        for await (const { data } of await client.chat.stream({ model, messages: [{ role: 'user', content }] })) {
          pieces.push(textOf(data.choices[0]?.delta.content));
          usage = data.usage ?? usage;
        }
        return { pieces, text: pieces.join(''), inputTokens: usage?.promptTokens, outputTokens: usage?.completionTokens };
      },
      converse: async (model, content, weather) => {
        const messages: ChatCompletionRequestMessage[] = [{ role: 'user', content }];
        for (;;) {
          const { choices } = await client.chat.complete({ model, messages, tools: TOOLS });
          const message = choices[0]?.message;
          const calls = message?.toolCalls ?? [];
          if (message === undefined || calls.length === 0) return textOf(message?.content);
          messages.push({ ...message, role: 'assistant' });
          for (const call of calls)
            messages.push({ role: 'tool', toolCallId: call.id ?? '', content: weather(cityOf(call.function.arguments as string)) });
        }
      },
      converseInStream: async (model, content, weather) => {
        const messages: ChatCompletionRequestMessage[] = [{ role: 'user', content }];
        for (;;) {
          const calls: CallSoFar[] = [];
          let text = '';
          for await (const { data } of await client.chat.stream({ model, messages, tools: TOOLS })) {
            // Every chunk of Mistral has a choice, and its users count on it.
            const { delta } = data.choices[0] as (typeof data.choices)[number];
            text += textOf(delta.content);
            for (const { index, id, function: named } of delta.toolCalls ?? [])
              addPiece(calls, index ?? 0, { id, name: named.name, argumentsJson: named.arguments as string });
          }
          if (calls.length === 0) return text;
          const toolCalls = calls.map(({ id, name, argumentsJson }) => ({ id, function: { name, arguments: argumentsJson } }));
          messages.push({ role: 'assistant', toolCalls });
          for (const { id, argumentsJson } of calls)
            messages.push({ role: 'tool', toolCallId: id, content: weather(cityOf(argumentsJson)) });
        }
      },
    };
  },
};
