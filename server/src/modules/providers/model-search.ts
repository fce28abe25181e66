import type { ModelListing } from './providers.ts';

/** Where a model that matches stands in the list, and how well it matches: the larger, the better. */
export interface FoundModel {
  readonly at: number;
  readonly score: number;
}

/** How much a word counts by where it stands. */
const NAME = 16;
const DISPLAY_NAME = 12;
const PROVIDER = 6;
const FAMILY = 6;
const KIND = 3;
const ABILITY = 2;
/** A whole word is worth this many times the beginning of one. */
const WHOLE_WORD = 3;

/** A query's length is bounded by its reader; the number of its words here. */
const MAX_WORDS = 16;

/** Letters and digits; a number with points, as in `4.1`, is one word beside its parts. */
const WORD = /\p{L}+|\p{N}+(?:\.\p{N}+)*/gu;

/**
 * Full-text search over a list of models, as they were named when it was built: words are found by their beginnings, every word of the query must be
 * found, and the models are ranked by where it stands.
 */
export class ModelSearch {
  readonly #models: readonly ModelListing[];
  /** In order, so that a beginning is a range. */
  readonly #words: readonly string[];
  /** Beside `#words`: for each model (by position) that has the word, its weight. */
  readonly #weights: readonly ReadonlyMap<number, number>[];

  constructor(models: readonly ModelListing[]) {
    this.#models = models;
    const weights = new Map<string, Map<number, number>>();
    models.forEach((model, at) => {
      for (const [word, weight] of weighWords(model)) {
        const places = weights.get(word);
        if (places === undefined) weights.set(word, new Map([[at, weight]]));
        else places.set(at, weight);
      }
    });
    const entries = [...weights].sort(([left], [right]) => (left < right ? -1 : 1));
    this.#words = entries.map(([word]) => word);
    this.#weights = entries.map(([, places]) => places);
  }

  /** Whether it was built over the same models in the same order, whatever else of them has changed. */
  isOf(models: readonly ModelListing[]): boolean {
    return (
      models.length === this.#models.length &&
      models.every(({ modelId, displayName }, at) => this.#models[at]?.modelId === modelId && this.#models[at].displayName === displayName)
    );
  }

  /** Best match first, then in the list's order. A query without a word finds nothing. */
  find(query: string): readonly FoundModel[] {
    let scores: Map<number, number> | null = null;
    for (const word of new Set(toWords(query).slice(0, MAX_WORDS))) {
      const found = this.#findWord(word);
      scores = scores === null ? found : intersect(scores, found);
    }
    return [...(scores ?? [])].map(([at, score]) => ({ at, score })).sort((left, right) => right.score - left.score || left.at - right.at);
  }

  #findWord(beginning: string): Map<number, number> {
    const found = new Map<number, number>();
    for (let at = this.#firstFrom(beginning); this.#words[at]?.startsWith(beginning) === true; at += 1) {
      const factor = this.#words[at] === beginning ? WHOLE_WORD : 1;
      for (const [model, weight] of this.#weights[at] as ReadonlyMap<number, number>)
        found.set(model, Math.max(found.get(model) ?? 0, weight * factor));
    }
    return found;
  }

  #firstFrom(word: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#words[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function intersect(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): Map<number, number> {
  const both = new Map<number, number>();
  for (const [at, score] of left) {
    const other = right.get(at);
    if (other !== undefined) both.set(at, score + other);
  }
  return both;
}

function weighWords({ modelId, providerId, displayName, family, kind, capabilities }: ModelListing): Map<string, number> {
  const weights = new Map<string, number>();
  const weigh = (text: string, weight: number): void => {
    for (const word of toWords(text)) weights.set(word, Math.max(weights.get(word) ?? 0, weight));
  };
  weigh(modelId.slice(providerId.length + 1), NAME);
  weigh(displayName, DISPLAY_NAME);
  weigh(providerId, PROVIDER);
  weigh(family ?? '', FAMILY);
  weigh(kind, KIND);
  for (const [ability, has] of Object.entries(capabilities)) if (has) weigh(ability, ABILITY);
  return weights;
}

function toWords(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return words.flatMap((word) => (word.includes('.') ? [word, ...word.split('.')] : [word]));
}
