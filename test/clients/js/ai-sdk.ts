import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, isStepCount, jsonSchema, streamText, tool, type LanguageModel } from 'ai';
import { WEATHER_PARAMETERS, type ClientProgram, type Connection, type Weather } from './client-program.ts';

type ModelOf = (connection: Connection) => (id: string) => LanguageModel;

const toolsOf = (weather: Weather) => ({
  get_weather: tool({
    description: 'Weather.',
    inputSchema: jsonSchema<{ city: string }>({ ...WEATHER_PARAMETERS, required: ['city'] }),
    execute: ({ city }) => Promise.resolve(weather(city)),
  }),
});

function aiSdk(name: string, modelOf: ModelOf): ClientProgram {
  return {
    name,
    exceptions: { wrongKey: [APICallError, 401], unknownModel: [APICallError, 404], limited: [APICallError, 429] },
    repeats: 'when told',
    connect: (connection) => {
      const toModel = modelOf(connection);
      const conversation = (model: string, prompt: string, weather: Weather) => ({
        maxRetries: connection.retries,
        model: toModel(model),
        prompt,
        tools: toolsOf(weather),
        stopWhen: isStepCount(5),
      });
      return {
        ask: async (model, prompt) => {
          const { text, usage } = await generateText({ maxRetries: connection.retries, model: toModel(model), prompt });
          return { text, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens };
        },
        stream: async (model, prompt) => {
          // An error ends the stream of text early; what it was is told beside.
          let failure: unknown;
          const onError = (event: { error: unknown }): void => void (failure = event.error);
          const result = streamText({ maxRetries: connection.retries, model: toModel(model), prompt, onError });
          const pieces: string[] = [];
          for await (const piece of result.textStream) pieces.push(piece);
          if (failure instanceof Error) throw failure;
          const usage = await result.usage;
          return { pieces, text: pieces.join(''), inputTokens: usage.inputTokens, outputTokens: usage.outputTokens };
        },
        converse: async (model, prompt, weather) => (await generateText(conversation(model, prompt, weather))).text,
        converseInStream: async (model, prompt, weather) => {
          const result = streamText(conversation(model, prompt, weather));
          return await result.text;
        },
      };
    },
  };
}

export const aiSdkOpenAi = aiSdk('@ai-sdk/openai', ({ openAiUrl, apiKey }) => createOpenAI({ baseURL: openAiUrl, apiKey }));
export const aiSdkOpenAiChat = aiSdk('@ai-sdk/openai (chat)', ({ openAiUrl, apiKey }) => createOpenAI({ baseURL: openAiUrl, apiKey }).chat);
export const aiSdkCompatible = aiSdk('@ai-sdk/openai-compatible', ({ openAiUrl, apiKey }) =>
  createOpenAICompatible({ name: 'antiphon', baseURL: openAiUrl, apiKey, includeUsage: true }),
);
export const aiSdkAnthropic = aiSdk('@ai-sdk/anthropic', ({ openAiUrl, apiKey }) => createAnthropic({ baseURL: openAiUrl, apiKey }));
