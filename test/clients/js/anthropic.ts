import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { WEATHER_PARAMETERS, type ClientProgram, type Weather } from './client-program.ts';

const LIMIT = { max_tokens: 200 };

const textOf = (content: readonly { readonly type: string; readonly text?: string }[]): string =>
  content.map(({ text }) => text ?? '').join('');

export const anthropic: ClientProgram = {
  name: '@anthropic-ai/sdk',
  exceptions: {
    wrongKey: [Anthropic.AuthenticationError, 401],
    unknownModel: [Anthropic.NotFoundError, 404],
    limited: [Anthropic.RateLimitError, 429],
  },
  repeats: 'when told',
  connect: ({ rootUrl, apiKey, retries }) => {
    const client = new Anthropic({ baseURL: rootUrl, apiKey, maxRetries: retries });
    const requestOf = (model: string, content: string) => ({ model, ...LIMIT, messages: [{ role: 'user' as const, content }] });
    const toolOf = (weather: Weather) =>
      betaTool({
        name: 'get_weather',
        description: 'Weather.',
        inputSchema: WEATHER_PARAMETERS,
        run: ({ city }) => weather(city),
      });
    return {
      ask: async (model, prompt) => {
        const { content, usage } = await client.messages.create(requestOf(model, prompt));
        return { text: textOf(content), inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
      },
      stream: async (model, prompt) => {
        const pieces: string[] = [];
        const stream = client.messages.stream(requestOf(model, prompt)).on('text', (delta) => pieces.push(delta));
        const { content, usage } = await stream.finalMessage();
        return { pieces, text: textOf(content), inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
      },
      converse: async (model, prompt, weather) => {
        const runner = client.beta.messages.toolRunner({ ...requestOf(model, prompt), tools: [toolOf(weather)] });
        return textOf((await runner).content);
      },
      converseInStream: async (model, prompt, weather) => {
        const runner = client.beta.messages.toolRunner({ ...requestOf(model, prompt), tools: [toolOf(weather)], stream: true });
        let text = '';
        for await (const stream of runner) text = textOf((await stream.finalMessage()).content);
        return text;
      },
    };
  },
};
