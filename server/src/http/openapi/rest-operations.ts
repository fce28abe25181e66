import { ANTHROPIC_OPERATIONS } from '../anthropic/anthropic.operations.ts';
import { GEMINI_OPERATIONS } from '../gemini/gemini.operations.ts';
import { OLLAMA_OPERATIONS } from '../ollama/ollama.operations.ts';
import { OPENAI_OPERATIONS } from '../openai/openai.operations.ts';
import type { OperationDoc } from './operation.ts';

const OWN_OPERATIONS: readonly OperationDoc[] = [
  {
    method: 'get',
    path: '/',
    id: 'isRunning',
    summary: 'Whether somebody is there.',
    errors: 'OpenAi',
    scope: null,
    answer: { description: 'Somebody is.', mediaType: 'text/plain' },
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'openApiDocument',
    summary: 'This document.',
    errors: 'OpenAi',
    scope: null,
    answer: { description: 'The document.', properties: {} },
  },
];

/** Every REST path, by its first name; aliases are listed beside it. */
export const REST_OPERATIONS: readonly OperationDoc[] = [
  ...OWN_OPERATIONS,
  ...OPENAI_OPERATIONS,
  ...ANTHROPIC_OPERATIONS,
  ...GEMINI_OPERATIONS,
  ...OLLAMA_OPERATIONS,
];
