import type { DoorCall } from '../wire/door-deps.ts';
import { MistralChunks } from './mistral-chunks.ts';
import { withoutNullUsage } from './null-usage.ts';
import { openRouterDialect } from './openrouter.dialect.ts';

/** Where the streams of a vendor that shares OpenAI's wire differ from OpenAI's, and its own client insists on it. */
export interface ChatCaller {
  /** Whether its clients expect the usage without asking for it. */
  readonly expectsUsage: boolean;
  /** Makes whole events of one stream, from a provider or from our encoder, what its clients take; null: they go as they are. */
  readonly createFit: (() => (events: string) => string) | null;
}

const ANYONE: ChatCaller = { expectsUsage: false, createFit: null };
/** OpenRouter's client refuses a chunk whose usage is null. */
const OPENROUTER: ChatCaller = { expectsUsage: false, createFit: () => withoutNullUsage };
const MISTRAL: ChatCaller = {
  expectsUsage: true,
  createFit: () => {
    const chunks = new MistralChunks();
    return (events) => chunks.fit(events);
  },
};

/** Mistral's clients ask at OpenAI's path and tell who they are by this name only, in JavaScript and in Python. */
const MISTRAL_AGENT = 'mistral-client-';

export function chatCallerOf({ dialect, exchange }: Pick<DoorCall, 'dialect' | 'exchange'>): ChatCaller {
  if (dialect === openRouterDialect) return OPENROUTER;
  return exchange.request.headers['user-agent']?.startsWith(MISTRAL_AGENT) === true ? MISTRAL : ANYONE;
}
