import { ApiError, FunctionCallingConfigMode, GoogleGenAI, type CallableTool, type FunctionCall, type Part } from '@google/genai';
import { WEATHER_PARAMETERS, type ClientProgram, type Weather } from './client-program.ts';

const DECLARATION = { functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: WEATHER_PARAMETERS }] };

/** A tool that the client calls by itself. */
const toolOf = (weather: Weather): CallableTool => ({
  tool: () => Promise.resolve(DECLARATION),
  callTool: (calls: FunctionCall[]): Promise<Part[]> =>
    Promise.resolve(
      calls.map(({ id, name, args }) => ({
        functionResponse: {
          ...(id === undefined ? {} : { id }),
          name: name ?? '',
          response: { output: weather(String(args?.['city'])) },
        },
      })),
    ),
});

export const googleGenAi: ClientProgram = {
  name: '@google/genai',
  exceptions: { wrongKey: [ApiError, 401], unknownModel: [ApiError, 404], limited: [ApiError, 429] },
  repeats: 'at its own time',
  connect: ({ rootUrl, apiKey, retries }) => {
    const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: rootUrl, retryOptions: { attempts: retries + 1 } } });
    const configOf = (weather: Weather) => ({
      tools: [toolOf(weather)],
      toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } },
    });
    return {
      ask: async (model, contents) => {
        const { text, usageMetadata: usage } = await client.models.generateContent({ model, contents });
        return { text: text ?? '', inputTokens: usage?.promptTokenCount, outputTokens: usage?.candidatesTokenCount };
      },
      stream: async (model, contents) => {
        const pieces: string[] = [];
        let usage: { promptTokenCount?: number; candidatesTokenCount?: number } | undefined;
        for await (const chunk of await client.models.generateContentStream({ model, contents })) {
          pieces.push(chunk.text ?? '');
          usage = chunk.usageMetadata ?? usage;
        }
        return { pieces, text: pieces.join(''), inputTokens: usage?.promptTokenCount, outputTokens: usage?.candidatesTokenCount };
      },
      converse: async (model, contents, weather) =>
        (await client.models.generateContent({ model, contents, config: configOf(weather) })).text ?? '',
      converseInStream: async (model, contents, weather) => {
        let text = '';
        for await (const chunk of await client.models.generateContentStream({ model, contents, config: configOf(weather) }))
          text += chunk.text ?? '';
        return text;
      },
    };
  },
};
