import type { CompletionRequest, JsonObject, ProviderErrorClass } from '../../contract.ts';
import { arrayOf, countOf, objectOf, stringOf } from '../../shared/json.ts';

/** How one call behaves; from `extra.antiphonEcho` of the request, for tests and load runs. */
export interface EchoScript {
  /** What is said, token by token; default: the last text of the user. */
  readonly tokens: readonly string[];
  readonly reasoning: readonly string[];
  readonly toolCalls: readonly { readonly name: string; readonly argumentsText: string }[];
  /** Wait before the first part. */
  readonly latencyMs: number;
  /** Wait between two tokens. */
  readonly tokenIntervalMs: number;
  readonly failWith: ProviderErrorClass | null;
  /** Tokens given before the failure; 0: fails before anything is shown. */
  readonly failAfterTokens: number;
  /** Never goes on after the tokens before the failure: only an abort ends it. */
  readonly isHanging: boolean;
}

const CLASSES: ReadonlySet<string> = new Set<ProviderErrorClass>([
  'auth',
  'rate-limit',
  'quota',
  'overloaded',
  'invalid',
  'too-long',
  'blocked',
  'not-found',
  'timeout',
  'transport',
  'malformed',
  'cancelled',
]);
const MAX_WAIT_MS = 600_000;
/** Words keep the blanks before them, so that the tokens joined are the text. */
const WORD = /\s*\S+|\s+$/g;

export function toTokens(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** Text parts of all messages: what the model reads. */
export function inputTokensOf(request: CompletionRequest): number {
  let count = 0;
  for (const { content } of request.messages) for (const part of content) if (part.type === 'text') count += toTokens(part.text).length;
  return count;
}

export function readScript(request: CompletionRequest): EchoScript {
  const script = objectOf(request.extra?.['antiphonEcho']) ?? {};
  const failWith = stringOf(script['failWith']);
  const isMalformed = script['malformed'] === true;
  return {
    tokens: readTokens(request, script),
    reasoning: toTokens(stringOf(script['reasoning']) ?? ''),
    toolCalls: arrayOf(script['toolCalls']).flatMap((value) => {
      const call = objectOf(value);
      const name = stringOf(call?.['name']);
      if (call === null || name === null) return [];
      const given = call['arguments'];
      return [{ name, argumentsText: typeof given === 'string' ? given : JSON.stringify(given ?? {}) }];
    }),
    latencyMs: waitOf(script, 'latencyMs'),
    tokenIntervalMs: waitOf(script, 'tokenIntervalMs'),
    failWith: isMalformed ? 'malformed' : failWith !== null && CLASSES.has(failWith) ? (failWith as ProviderErrorClass) : null,
    failAfterTokens: countOf(script['failAfterTokens']) ?? 0,
    isHanging: script['hang'] === true,
  };
}

function readTokens(request: CompletionRequest, script: JsonObject): readonly string[] {
  const tokens = arrayOf(script['tokens']).filter((token): token is string => typeof token === 'string');
  if (tokens.length > 0) return tokens;
  const text = stringOf(script['text']);
  if (text !== null) return toTokens(text);
  if (arrayOf(script['toolCalls']).length > 0) return [];
  return toTokens(lastUserText(request));
}

function lastUserText(request: CompletionRequest): string {
  const message = request.messages.findLast(({ role }) => role === 'user');
  return (message?.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function waitOf(script: JsonObject, name: string): number {
  const value = script[name];
  return typeof value === 'number' && value > 0 ? Math.min(value, MAX_WAIT_MS) : 0;
}
