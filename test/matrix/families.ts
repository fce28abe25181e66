/** Families of wires as their providers speak them, made by us: they share no code with the server. */
import { anthropicFamily } from './anthropic.family.ts';
import { bedrockFamily } from './bedrock.family.ts';
import { cohereFamily } from './cohere.family.ts';
import type { Family } from './family.ts';
import { geminiFamily } from './gemini.family.ts';
import { ollamaFamily } from './ollama.family.ts';
import { compatibleFamily, openaiFamily, openrouterFamily, responsesFamily } from './openai.family.ts';

export const FAMILIES: readonly Family[] = [
  openaiFamily,
  compatibleFamily,
  responsesFamily,
  openrouterFamily,
  anthropicFamily,
  geminiFamily,
  bedrockFamily,
  cohereFamily,
  ollamaFamily,
];
