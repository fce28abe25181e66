/**
 * Everyone who can be connected, as one list. A vendor is one file beside this one and one line here; nothing else knows its name.
 */
import { AI21 } from './ai21.ts';
import { ANTHROPIC } from './anthropic.ts';
import { AZURE_ANTHROPIC } from './azure-anthropic.ts';
import { AZURE_OPENAI } from './azure-openai.ts';
import { BEDROCK_ANTHROPIC } from './bedrock-anthropic.ts';
import { BEDROCK_OPENAI } from './bedrock-openai.ts';
import { BEDROCK } from './bedrock.ts';
import { COHERE } from './cohere.ts';
import { CEREBRAS } from './cerebras.ts';
import { COMPATIBLE } from './compatible.ts';
import { CRUSOE } from './crusoe.ts';
import { DATABRICKS } from './databricks.ts';
import { DEEPINFRA } from './deepinfra.ts';
import { DEEPSEEK } from './deepseek.ts';
import { FIREWORKS } from './fireworks.ts';
import { GITHUB_MODELS } from './github-models.ts';
import { GOOGLE_GEMINI } from './google-gemini.ts';
import { GOOGLE_VERTEX_ANTHROPIC } from './google-vertex-anthropic.ts';
import { GOOGLE_VERTEX_OPENAI } from './google-vertex-openai.ts';
import { GOOGLE_VERTEX } from './google-vertex.ts';
import { GROQ } from './groq.ts';
import { HUGGING_FACE } from './huggingface.ts';
import { HYPERBOLIC } from './hyperbolic.ts';
import { LLAMA_API } from './llama-api.ts';
import { LLAMA_CPP } from './llama-cpp.ts';
import { LM_STUDIO } from './lm-studio.ts';
import { MINIMAX } from './minimax.ts';
import { MISTRAL } from './mistral.ts';
import { MOONSHOT } from './moonshot.ts';
import { NEBIUS } from './nebius.ts';
import { NOVITA } from './novita.ts';
import { NVIDIA_NIM } from './nvidia-nim.ts';
import { OLLAMA } from './ollama.ts';
import { OPENAI } from './openai.ts';
import { OPENROUTER } from './openrouter.ts';
import { PERPLEXITY } from './perplexity.ts';
import { QWEN } from './qwen.ts';
import { REPLICATE } from './replicate.ts';
import { SAMBANOVA } from './sambanova.ts';
import { SNOWFLAKE_CORTEX } from './snowflake-cortex.ts';
import { TOGETHER } from './together.ts';
import { VENICE } from './venice.ts';
import { VLLM } from './vllm.ts';
import { WATSONX } from './watsonx.ts';
import { XAI } from './xai.ts';
import { ZHIPU } from './zhipu.ts';
import type { Vendor } from './vendor.ts';

export * from './vendor.ts';

/** In the order in which a bare model name is looked up: who makes models before who serves those of others. */
export const VENDORS: readonly Vendor[] = [
  OPENAI,
  ANTHROPIC,
  GOOGLE_GEMINI,
  COHERE,
  AZURE_OPENAI,
  AZURE_ANTHROPIC,
  MISTRAL,
  AI21,
  HUGGING_FACE,
  TOGETHER,
  FIREWORKS,
  GROQ,
  DEEPSEEK,
  QWEN,
  XAI,
  LLAMA_API,
  PERPLEXITY,
  OPENROUTER,
  CEREBRAS,
  SAMBANOVA,
  NVIDIA_NIM,
  MOONSHOT,
  ZHIPU,
  MINIMAX,
  DEEPINFRA,
  GITHUB_MODELS,
  VENICE,
  NEBIUS,
  NOVITA,
  HYPERBOLIC,
  CRUSOE,
  REPLICATE,
  VLLM,
  LM_STUDIO,
  LLAMA_CPP,
  OLLAMA,
  BEDROCK,
  BEDROCK_ANTHROPIC,
  BEDROCK_OPENAI,
  GOOGLE_VERTEX,
  GOOGLE_VERTEX_ANTHROPIC,
  GOOGLE_VERTEX_OPENAI,
  WATSONX,
  SNOWFLAKE_CORTEX,
  DATABRICKS,
  // Last: a server of the operator's answers for a bare name only after those who made the model.
  COMPATIBLE,
];

/** Null: nobody is known under that id. */
export function findVendor(vendorId: string): Vendor | null {
  return VENDORS.find(({ id }) => id === vendorId) ?? null;
}
