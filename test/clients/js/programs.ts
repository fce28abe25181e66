import type { ClientProgram } from './client-program.ts';

/** Every JavaScript client, loaded when its tests are collected: one that is not installed is skipped by its name. */
export const PROGRAMS: readonly { readonly name: string; readonly load: () => Promise<ClientProgram> }[] = [
  { name: 'openai', load: async () => (await import('./openai.ts')).openai },
  { name: '@anthropic-ai/sdk', load: async () => (await import('./anthropic.ts')).anthropic },
  { name: '@google/genai', load: async () => (await import('./google-genai.ts')).googleGenAi },
  { name: 'ollama', load: async () => (await import('./ollama.ts')).ollama },
  { name: '@mistralai/mistralai', load: async () => (await import('./mistral.ts')).mistral },
  { name: 'groq-sdk', load: async () => (await import('./groq.ts')).groq },
  { name: '@openrouter/sdk', load: async () => (await import('./openrouter.ts')).openRouter },
  { name: '@ai-sdk/openai', load: async () => (await import('./ai-sdk.ts')).aiSdkOpenAi },
  { name: '@ai-sdk/openai (chat)', load: async () => (await import('./ai-sdk.ts')).aiSdkOpenAiChat },
  { name: '@ai-sdk/openai-compatible', load: async () => (await import('./ai-sdk.ts')).aiSdkCompatible },
  { name: '@ai-sdk/anthropic', load: async () => (await import('./ai-sdk.ts')).aiSdkAnthropic },
  { name: '@langchain/openai', load: async () => (await import('./langchain.ts')).langchainChat },
  { name: '@langchain/openai (responses)', load: async () => (await import('./langchain.ts')).langchainResponses },
  { name: '@openai/agents', load: async () => (await import('./openai-agents.ts')).agentsResponses },
  { name: '@openai/agents (chat)', load: async () => (await import('./openai-agents.ts')).agentsChat },
];

/** The program, or null where its package is not installed; any other failure is thrown. */
export async function loadIfInstalled({ load }: (typeof PROGRAMS)[number]): Promise<ClientProgram | null> {
  return await load().catch((error: unknown) => {
    if (isNotInstalled(error)) return null;
    throw error;
  });
}

/** As Node says it, or the tests' own loader. */
function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && /Cannot find package|Failed to resolve import|Failed to load url/.test(error.message);
}
