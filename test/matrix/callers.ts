/** Callers of four dialects that ask the same things; they share no code with the server. */
import { anthropicCaller } from './anthropic.caller.ts';
import type { Caller } from './caller.ts';
import { geminiCaller } from './gemini.caller.ts';
import { openaiCaller } from './openai.caller.ts';
import { responsesCaller } from './responses.caller.ts';

export const CALLERS: readonly Caller[] = [openaiCaller, responsesCaller, anthropicCaller, geminiCaller];
