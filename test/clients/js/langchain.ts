import { tool } from '@langchain/core/tools';
import { AIMessageChunk, HumanMessage, ToolMessage, type BaseMessage, type UsageMetadata } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';
import { z } from 'zod';
import type { ClientProgram, Connection, Weather } from './client-program.ts';

function langchain(name: string, useResponsesApi: boolean): ClientProgram {
  const modelOf = ({ openAiUrl, apiKey, retries }: Connection, model: string): ChatOpenAI =>
    new ChatOpenAI({ model, apiKey, maxRetries: retries, useResponsesApi, streamUsage: true, configuration: { baseURL: openAiUrl } });
  const toolOf = (weather: Weather) =>
    tool(({ city }: { city: string }) => weather(city), {
      name: 'get_weather',
      description: 'Weather.',
      schema: z.object({ city: z.string() }),
    });

  /** One turn of a conversation: the answer of the model with its tools. */
  type Turn = (model: ReturnType<ChatOpenAI['bindTools']>, messages: BaseMessage[]) => Promise<AIMessageChunk>;
  const converse = async (chat: ChatOpenAI, prompt: string, weather: Weather, turn: Turn): Promise<string> => {
    const getWeather = toolOf(weather);
    const bound = chat.bindTools([getWeather]);
    const messages: BaseMessage[] = [new HumanMessage(prompt)];
    for (;;) {
      const answer = await turn(bound, messages);
      const calls = answer.tool_calls ?? [];
      if (calls.length === 0) return answer.text;
      messages.push(answer);
      for (const call of calls) {
        const result = await getWeather.invoke(call.args as { city: string });
        messages.push(new ToolMessage({ tool_call_id: call.id ?? '', content: result }));
      }
    }
  };
  const streamed: Turn = async (model, messages) => {
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await model.stream(messages)) whole = whole === undefined ? chunk : whole.concat(chunk);
    return whole ?? new AIMessageChunk('');
  };

  return {
    name,
    exceptions: {
      wrongKey: [OpenAI.AuthenticationError, 401],
      unknownModel: [OpenAI.NotFoundError, 404],
      limited: [OpenAI.RateLimitError, 429],
    },
    repeats: 'at its own time',
    connect: (connection) => ({
      ask: async (model, prompt) => {
        const answer = await modelOf(connection, model).invoke(prompt);
        const usage = answer.usage_metadata as UsageMetadata | undefined;
        return { text: answer.text, inputTokens: usage?.input_tokens, outputTokens: usage?.output_tokens };
      },
      stream: async (model, prompt) => {
        const pieces: string[] = [];
        let whole: AIMessageChunk | undefined;
        for await (const chunk of await modelOf(connection, model).stream(prompt)) {
          pieces.push(chunk.text);
          whole = whole === undefined ? chunk : whole.concat(chunk);
        }
        const usage = whole?.usage_metadata as UsageMetadata | undefined;
        return { pieces, text: pieces.join(''), inputTokens: usage?.input_tokens, outputTokens: usage?.output_tokens };
      },
      converse: (model, prompt, weather) =>
        converse(modelOf(connection, model), prompt, weather, (bound, messages) => bound.invoke(messages)),
      converseInStream: (model, prompt, weather) => converse(modelOf(connection, model), prompt, weather, streamed),
    }),
  };
}

export const langchainChat = langchain('@langchain/openai', false);
export const langchainResponses = langchain('@langchain/openai (responses)', true);
