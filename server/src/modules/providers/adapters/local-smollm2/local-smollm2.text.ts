/** From sampled tokens to text that may be shown: whole characters only, and nothing of a stop sequence. */

const REPLACEMENT = '\uFFFD';
/** A character has at most four bytes, so at most four tokens of one byte each. */
const MAX_TOKENS_PER_CHARACTER = 4;

export interface TokenDecoder {
  /** Text that became complete with this token; empty while a character is still open. */
  push(token: number): string;
  /** What is still held back, without a character that the limit of the answer cut in two. */
  flush(): string;
}

/** Holds tokens back until they end on a whole character: byte-level vocabularies split emoji and rare scripts over tokens. */
export function createTokenDecoder(detokenize: (tokens: readonly number[]) => string): TokenDecoder {
  let pending: number[] = [];
  const take = (): string => {
    const text = pending.length === 0 ? '' : detokenize(pending);
    pending = [];
    return text;
  };
  return {
    push(token) {
      pending.push(token);
      return pending.length < MAX_TOKENS_PER_CHARACTER && detokenize(pending).endsWith(REPLACEMENT) ? '' : take();
    },
    flush: () => take().replace(/\uFFFD+$/u, ''),
  };
}

export interface StopFilter {
  /** Text that is safe to show, and whether a stop sequence was completed; after that nothing more may be pushed. */
  push(text: string): { readonly text: string; readonly isStopped: boolean };
  /** What is still held back, once no more text comes. */
  flush(): string;
}

/** Cuts the text before the first stop sequence and holds back an ending that may yet become one. */
export function createStopFilter(stopSequences: readonly string[]): StopFilter {
  const sequences = stopSequences.filter((sequence) => sequence.length > 0);
  let held = '';
  return {
    push(text) {
      held += text;
      const at = firstIndexOfAny(held, sequences);
      if (at >= 0) {
        const shown = held.slice(0, at);
        held = '';
        return { text: shown, isStopped: true };
      }
      const shown = held.slice(0, held.length - longestOpenEnding(held, sequences));
      held = held.slice(shown.length);
      return { text: shown, isStopped: false };
    },
    flush() {
      const text = held;
      held = '';
      return text;
    },
  };
}

function firstIndexOfAny(text: string, sequences: readonly string[]): number {
  let first = -1;
  for (const sequence of sequences) {
    const at = text.indexOf(sequence);
    if (at >= 0 && (first < 0 || at < first)) first = at;
  }
  return first;
}

/** Length of the longest ending of `text` with which some sequence begins. */
function longestOpenEnding(text: string, sequences: readonly string[]): number {
  let longest = 0;
  for (const sequence of sequences) {
    for (let length = Math.min(text.length, sequence.length - 1); length > longest; length--) {
      if (text.endsWith(sequence.slice(0, length))) longest = length;
    }
  }
  return longest;
}
