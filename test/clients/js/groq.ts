import Groq from 'groq-sdk';
import { addPiece, cityOf, WEATHER_PARAMETERS, type CallSoFar, type ClientProgram } from './client-program.ts';

type Message = Groq.Chat.ChatCompletionMessageParam;

const TOOLS: Groq.Chat.ChatCompletionTool[] = [{ type: 'function', function: { name: 'get_weather', parameters: WEATHER_PARAMETERS } }];

export const groq: ClientProgram = {
  name: 'groq-sdk',
  exceptions: {
    wrongKey: [Groq.AuthenticationError, 401],
    unknownModel: [Groq.NotFoundError, 404],
    limited: [Groq.RateLimitError, 429],
  },
  repeats: 'when told',
  connect: ({ rootUrl, apiKey, retries }) => {
    const client = new Groq({ baseURL: rootUrl, apiKey, maxRetries: retries });
    return {
      ask: async (model, content) => {
        const { choices, usage } = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
        return { text: choices[0]?.message.content ?? '', inputTokens: usage?.prompt_tokens, outputTokens: usage?.completion_tokens };
      },
      stream: async (model, content) => {
        const pieces: string[] = [];
        let usage: { prompt_tokens: number; completion_tokens: number } | null | undefined;
        const request = { model, messages: [{ role: 'user', content }], stream: true, stream_options: { include_usage: true } } as const;
        for await (const chunk of await client.chat.completions.create({ ...request, messages: [...request.messages] })) {
          pieces.push(chunk.choices[0]?.delta.content ?? '');
          usage = chunk.x_groq?.usage ?? ('usage' in chunk ? (chunk.usage as typeof usage) : usage);
        }
        return { pieces, text: pieces.join(''), inputTokens: usage?.prompt_tokens, outputTokens: usage?.completion_tokens };
      },
      converse: async (model, content, weather) => {
        const messages: Message[] = [{ role: 'user', content }];
        for (;;) {
          const { choices } = await client.chat.completions.create({ model, messages, tools: TOOLS });
          const message = choices[0]?.message;
          const calls = message?.tool_calls ?? [];
          if (message === undefined || calls.length === 0) return message?.content ?? '';
          messages.push(message);
          for (const call of calls)
            messages.push({ role: 'tool', tool_call_id: call.id, content: weather(cityOf(call.function.arguments)) });
        }
      },
      converseInStream: async (model, content, weather) => {
        const messages: Message[] = [{ role: 'user', content }];
        for (;;) {
          const calls: CallSoFar[] = [];
          let text = '';
          for await (const { choices } of await client.chat.completions.create({ model, messages, tools: TOOLS, stream: true })) {
            text += choices[0]?.delta.content ?? '';
            for (const { index, id, function: named } of choices[0]?.delta.tool_calls ?? [])
              addPiece(calls, index, { id, name: named?.name, argumentsJson: named?.arguments });
          }
          if (calls.length === 0) return text;
          const made = calls.map(({ id, name, argumentsJson }) => ({
            id,
            type: 'function' as const,
            function: { name, arguments: argumentsJson },
          }));
          messages.push({ role: 'assistant', tool_calls: made });
          for (const { id, argumentsJson } of calls)
            messages.push({ role: 'tool', tool_call_id: id, content: weather(cityOf(argumentsJson)) });
        }
      },
    };
  },
};
