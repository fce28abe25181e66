/**
 * Everyone who can be connected, as one list. A vendor is one file beside this one and one line here; nothing else knows its name.
 */
import { ANTHROPIC } from './anthropic.ts';
import { BEDROCK_ANTHROPIC } from './bedrock-anthropic.ts';
import { BEDROCK_OPENAI } from './bedrock-openai.ts';
import { BEDROCK } from './bedrock.ts';
import { COHERE } from './cohere.ts';
import { COMPATIBLE } from './compatible.ts';
import { OLLAMA } from './ollama.ts';
import { OPENAI } from './openai.ts';
import type { Vendor } from './vendor.ts';

export * from './vendor.ts';

/** In the order in which a bare model name is looked up. */
export const VENDORS: readonly Vendor[] = [
  OPENAI,
  ANTHROPIC,
  COHERE,
  OLLAMA,
  BEDROCK,
  BEDROCK_ANTHROPIC,
  BEDROCK_OPENAI,
  // Last: a server of the operator's answers for a bare name only after those who made the model.
  COMPATIBLE,
];

/** Null: nobody is known under that id. */
export function findVendor(vendorId: string): Vendor | null {
  return VENDORS.find(({ id }) => id === vendorId) ?? null;
}
