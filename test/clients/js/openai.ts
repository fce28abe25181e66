import OpenAI from 'openai';
import type { RunnableToolFunctionWithoutParse } from 'openai/lib/RunnableFunction';
import { cityOf, WEATHER_PARAMETERS, type ClientProgram, type Weather } from './client-program.ts';

export const openai: ClientProgram = {
  name: 'openai',
  exceptions: {
    wrongKey: [OpenAI.AuthenticationError, 401],
    unknownModel: [OpenAI.NotFoundError, 404],
    limited: [OpenAI.RateLimitError, 429],
  },
  repeats: 'when told',
  connect: ({ openAiUrl, apiKey, retries }) => {
    const client = new OpenAI({ baseURL: openAiUrl, apiKey, maxRetries: retries });
    const conversation = (model: string, content: string, weather: Weather) => {
      const run = (argumentsJson: string): string => weather(cityOf(argumentsJson));
      const named = {
        name: 'get_weather',
        description: 'Weather.',
        parameters: { ...WEATHER_PARAMETERS, required: ['city'] },
        function: run,
      };
      const tools: [RunnableToolFunctionWithoutParse] = [{ type: 'function', function: named }];
      return { model, messages: [{ role: 'user' as const, content }], tools };
    };
    return {
      ask: async (model, content) => {
        const { choices, usage } = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
        return {
          text: choices[0]?.message.content ?? '',
          inputTokens: usage?.prompt_tokens,
          outputTokens: usage?.completion_tokens,
        };
      },
      stream: async (model, content) => {
        const pieces: string[] = [];
        let usage: OpenAI.CompletionUsage | null | undefined;
        const stream = await client.chat.completions.create({
          model,
          messages: [{ role: 'user', content }],
          stream: true,
          stream_options: { include_usage: true },
        });
        for await (const chunk of stream) {
          pieces.push(chunk.choices[0]?.delta.content ?? '');
          usage = chunk.usage ?? usage;
        }
        return { pieces, text: pieces.join(''), inputTokens: usage?.prompt_tokens, outputTokens: usage?.completion_tokens };
      },
      converse: async (model, prompt, weather) =>
        (await client.chat.completions.runTools(conversation(model, prompt, weather)).finalContent()) ?? '',
      converseInStream: async (model, prompt, weather) =>
        (await client.chat.completions.runTools({ ...conversation(model, prompt, weather), stream: true }).finalContent()) ?? '',
    };
  },
};
