import { Ollama, type Message, type Tool, type ToolCall } from 'ollama';
import { WEATHER_PARAMETERS, type ClientProgram } from './client-program.ts';

const TOOLS: Tool[] = [
  {
    type: 'function',
    function: { name: 'get_weather', description: 'Weather.', parameters: { ...WEATHER_PARAMETERS, required: ['city'] } },
  },
];

export const ollama: ClientProgram = {
  name: 'ollama',
  // Its one class of errors is not exported.
  exceptions: { wrongKey: ['ResponseError', 401], unknownModel: ['ResponseError', 404], limited: ['ResponseError', 429] },
  repeats: { never: 'it has no retries of its own' },
  connect: ({ rootUrl, apiKey }) => {
    const client = new Ollama({ host: rootUrl, headers: { authorization: `Bearer ${apiKey}` } });
    return {
      ask: async (model, content) => {
        const answer = await client.chat({ model, messages: [{ role: 'user', content }] });
        return { text: answer.message.content, inputTokens: answer.prompt_eval_count, outputTokens: answer.eval_count };
      },
      stream: async (model, content) => {
        const pieces: string[] = [];
        let counts: [number, number] | undefined;
        for await (const part of await client.chat({ model, messages: [{ role: 'user', content }], stream: true })) {
          pieces.push(part.message.content);
          if (part.done) counts = [part.prompt_eval_count, part.eval_count];
        }
        return { pieces, text: pieces.join(''), inputTokens: counts?.[0], outputTokens: counts?.[1] };
      },
      converse: async (model, content, weather) => {
        const messages: Message[] = [{ role: 'user', content }];
        for (;;) {
          const { message } = await client.chat({ model, messages, tools: TOOLS });
          const calls = message.tool_calls ?? [];
          if (calls.length === 0) return message.content;
          messages.push(message);
          for (const { function: called } of calls)
            messages.push({ role: 'tool', tool_name: called.name, content: weather(String(called.arguments['city'])) });
        }
      },
      converseInStream: async (model, content, weather) => {
        const messages: Message[] = [{ role: 'user', content }];
        for (;;) {
          const calls: ToolCall[] = [];
          let text = '';
          for await (const { message } of await client.chat({ model, messages, tools: TOOLS, stream: true })) {
            text += message.content;
            calls.push(...(message.tool_calls ?? []));
          }
          if (calls.length === 0) return text;
          messages.push({ role: 'assistant', content: text, tool_calls: calls });
          for (const { function: called } of calls)
            messages.push({ role: 'tool', tool_name: called.name, content: weather(String(called.arguments['city'])) });
        }
      },
    };
  },
};
