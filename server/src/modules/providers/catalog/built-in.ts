import anthropic from './anthropic.json' with { type: 'json' };
import azureOpenai from './azure-openai.json' with { type: 'json' };
import bedrock from './bedrock.json' with { type: 'json' };
import cerebras from './cerebras.json' with { type: 'json' };
import cohere from './cohere.json' with { type: 'json' };
import databricks from './databricks.json' with { type: 'json' };
import deepinfra from './deepinfra.json' with { type: 'json' };
import deepseek from './deepseek.json' with { type: 'json' };
import fireworks from './fireworks.json' with { type: 'json' };
import githubModels from './github-models.json' with { type: 'json' };
import googleGemini from './google-gemini.json' with { type: 'json' };
import googleVertex from './google-vertex.json' with { type: 'json' };
import groq from './groq.json' with { type: 'json' };
import huggingface from './huggingface.json' with { type: 'json' };
import llamaApi from './llama-api.json' with { type: 'json' };
import local from './local.json' with { type: 'json' };
import minimax from './minimax.json' with { type: 'json' };
import mistral from './mistral.json' with { type: 'json' };
import moonshot from './moonshot.json' with { type: 'json' };
import nebius from './nebius.json' with { type: 'json' };
import novita from './novita.json' with { type: 'json' };
import nvidiaNim from './nvidia-nim.json' with { type: 'json' };
import openai from './openai.json' with { type: 'json' };
import openrouter from './openrouter.json' with { type: 'json' };
import perplexity from './perplexity.json' with { type: 'json' };
import qwen from './qwen.json' with { type: 'json' };
import together from './together.json' with { type: 'json' };
import venice from './venice.json' with { type: 'json' };
import xai from './xai.json' with { type: 'json' };
import zhipu from './zhipu.json' with { type: 'json' };
import type { CatalogueFile } from './catalogue-file.ts';

/** What comes with the server; `npm run catalogue:import` makes all of it but `local.json`. A test compares their shape with the type. */
export const BUILT_IN = [
  anthropic,
  azureOpenai,
  bedrock,
  cerebras,
  cohere,
  databricks,
  deepinfra,
  deepseek,
  fireworks,
  githubModels,
  googleGemini,
  googleVertex,
  groq,
  huggingface,
  llamaApi,
  local,
  minimax,
  mistral,
  moonshot,
  nebius,
  novita,
  nvidiaNim,
  openai,
  openrouter,
  perplexity,
  qwen,
  together,
  venice,
  xai,
  zhipu,
] as unknown as readonly CatalogueFile[];
