import type { SourceModel } from './models-dev.ts';

/** What a model is for; null for what no operation of the platform asks for (video, sensor data). */
export function kindOf(model: string, { family = '', modalities }: SourceModel): string | null {
  const input = modalities?.input ?? ['text'];
  const output = modalities?.output ?? ['text'];
  const name = `${model} ${family}`.toLowerCase();
  if (/\brerank|rerank-/.test(name)) return 'RERANK';
  if (/embed|\bbge-/.test(name)) return 'EMBEDDING';
  if (/\bmoderation\b/.test(name)) return 'MODERATION';
  if (output.includes('video') || !(input.includes('text') || input.includes('audio'))) return null;
  if (/gpt-image|flux|imagine-image|\bqwen-image/.test(name) || (output.includes('image') && !output.includes('text'))) return 'IMAGE';
  if (!input.includes('text')) return 'TRANSCRIPTION';
  return output.includes('text') ? 'CHAT' : 'SPEECH';
}

/** What OpenAI serves through its Responses API only: elsewhere these answer 404. */
export function isResponsesOnly(vendorId: string, model: string): boolean {
  return (vendorId === 'openai' || vendorId === 'azure-openai') && /-codex|-pro$|-deep-research$/.test(model);
}
