import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import type { ClientProgram, Connection, Weather } from './client-program.ts';

setTracingDisabled(true);

const LIMIT = { maxTurns: 5 };

function agents(name: string, useResponses: boolean): ClientProgram {
  const runnerOf = ({ openAiUrl, apiKey, retries }: Connection): Runner =>
    new Runner({
      modelProvider: new OpenAIProvider({
        openAIClient: new OpenAI({ baseURL: openAiUrl, apiKey, maxRetries: retries }),
        useResponses,
      }),
      tracingDisabled: true,
    });
  const agentOf = (model: string, weather: Weather | null): Agent =>
    new Agent({
      name: 'Forecaster',
      model,
      tools:
        weather === null
          ? []
          : [
              tool({
                name: 'get_weather',
                description: 'Weather.',
                parameters: z.object({ city: z.string() }),
                execute: ({ city }) => Promise.resolve(weather(city)),
                errorFunction: null,
              }),
            ],
    });

  return {
    name,
    exceptions: {
      wrongKey: [OpenAI.AuthenticationError, 401],
      unknownModel: [OpenAI.NotFoundError, 404],
      limited: [OpenAI.RateLimitError, 429],
    },
    repeats: 'when told',
    connect: (connection) => {
      const runner = runnerOf(connection);
      return {
        ask: async (model, prompt) => {
          const { finalOutput, state } = await runner.run(agentOf(model, null), prompt, LIMIT);
          return { text: finalOutput ?? '', inputTokens: state.usage.inputTokens, outputTokens: state.usage.outputTokens };
        },
        stream: async (model, prompt) => {
          const result = await runner.run(agentOf(model, null), prompt, { ...LIMIT, stream: true });
          const pieces: string[] = [];
          for await (const piece of result.toTextStream()) pieces.push(piece);
          await result.completed;
          const { usage } = result.state;
          return { pieces, text: result.finalOutput ?? '', inputTokens: usage.inputTokens, outputTokens: usage.outputTokens };
        },
        converse: async (model, prompt, weather) => (await runner.run(agentOf(model, weather), prompt, LIMIT)).finalOutput ?? '',
        converseInStream: async (model, prompt, weather) => {
          const result = await runner.run(agentOf(model, weather), prompt, { ...LIMIT, stream: true });
          await result.completed;
          return result.finalOutput ?? '';
        },
      };
    },
  };
}

export const agentsResponses = agents('@openai/agents', true);
export const agentsChat = agents('@openai/agents (chat)', false);
