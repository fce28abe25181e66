import { OpenRouter } from '@openrouter/sdk';
import { NotFoundResponseError, TooManyRequestsResponseError, UnauthorizedResponseError } from '@openrouter/sdk/models/errors';
import type { ChatAssistantMessage, ChatMessages } from '@openrouter/sdk/models';
import { addPiece, cityOf, WEATHER_PARAMETERS, type CallSoFar, type ClientProgram } from './client-program.ts';

const TOOLS = [{ type: 'function' as const, function: { name: 'get_weather', parameters: WEATHER_PARAMETERS } }];

const textOf = (content: ChatAssistantMessage['content']): string => (typeof content === 'string' ? content : '');

/** It refuses any answer that is not shaped as it expects. */
export const openRouter: ClientProgram = {
  name: '@openrouter/sdk',
  exceptions: {
    wrongKey: [UnauthorizedResponseError, 401],
    unknownModel: [NotFoundResponseError, 404],
    limited: [TooManyRequestsResponseError, 429],
  },
  repeats: 'when told',
  connect: ({ rootUrl, apiKey, retries }) => {
    const backoff = { initialInterval: 10, maxInterval: 5_000, exponent: 1, maxElapsedTime: 10_000 };
    const client = new OpenRouter({ serverURL: `${rootUrl}/api/v1`, apiKey });
    const options = {
      retryCodes: ['429'],
      retries: retries === 0 ? { strategy: 'none' as const } : { strategy: 'backoff' as const, backoff },
    };
    return {
      ask: async (model, content) => {
        const answer = await client.chat.send({ chatRequest: { model, messages: [{ role: 'user', content }], stream: false } }, options);
        if (!('choices' in answer)) throw new TypeError('a whole answer was expected');
        return {
          text: textOf(answer.choices[0]?.message.content),
          inputTokens: answer.usage?.promptTokens,
          outputTokens: answer.usage?.completionTokens,
        };
      },
      stream: async (model, content) => {
        const pieces: string[] = [];
        let usage: { promptTokens: number; completionTokens: number } | undefined;
        const chatRequest = {
          model,
          messages: [{ role: 'user' as const, content }],
          stream: true as const,
          streamOptions: { includeUsage: true },
        };
        const answer = await client.chat.send({ chatRequest }, options);
        if ('choices' in answer) throw new TypeError('a stream was expected');
        for await (const chunk of answer) {
          pieces.push(chunk.choices[0]?.delta.content ?? '');
          usage = chunk.usage ?? usage;
        }
        return { pieces, text: pieces.join(''), inputTokens: usage?.promptTokens, outputTokens: usage?.completionTokens };
      },
      converse: async (model, content, weather) => {
        const messages: ChatMessages[] = [{ role: 'user', content }];
        for (;;) {
          const answer = await client.chat.send({ chatRequest: { model, messages, tools: TOOLS, stream: false } }, options);
          if (!('choices' in answer)) throw new TypeError('a whole answer was expected');
          const message = answer.choices[0]?.message;
          const calls = message?.toolCalls ?? [];
          if (message === undefined || calls.length === 0) return textOf(message?.content);
          messages.push(message);
          for (const call of calls) messages.push({ role: 'tool', toolCallId: call.id, content: weather(cityOf(call.function.arguments)) });
        }
      },
      converseInStream: async (model, content, weather) => {
        const messages: ChatMessages[] = [{ role: 'user', content }];
        for (;;) {
          const calls: CallSoFar[] = [];
          let text = '';
          const answer = await client.chat.send({ chatRequest: { model, messages, tools: TOOLS, stream: true } }, options);
          if ('choices' in answer) throw new TypeError('a stream was expected');
          for await (const { choices } of answer) {
            text += choices[0]?.delta.content ?? '';
            for (const { index, id, function: named } of choices[0]?.delta.toolCalls ?? [])
              addPiece(calls, index, { id, name: named?.name, argumentsJson: named?.arguments });
          }
          if (calls.length === 0) return text;
          const toolCalls = calls.map(({ id, name, argumentsJson }) => ({
            id,
            type: 'function' as const,
            function: { name, arguments: argumentsJson },
          }));
          messages.push({ role: 'assistant', toolCalls });
          for (const { id, argumentsJson } of calls)
            messages.push({ role: 'tool', toolCallId: id, content: weather(cityOf(argumentsJson)) });
        }
      },
    };
  },
};
