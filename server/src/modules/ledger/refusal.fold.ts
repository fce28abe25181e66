import type { Refusal } from './ledger.records.ts';

/** Different refusals kept apart within one flush. A flood of different ones is an attack, and its details are worth little. */
const MAX_KINDS = 500;

/** Counts refusals of the same kind instead of keeping each, so that a flood costs a bounded number of rows. */
export class RefusalFold {
  readonly #kinds = new Map<string, { refusal: Refusal; occurrences: number }>();

  get size(): number {
    return this.#kinds.size;
  }

  add(refusal: Refusal): void {
    const { door, code, httpStatus, organizationId, projectId, apiKeyId, detail } = refusal;
    let kind = `${door} ${code} ${httpStatus} ${organizationId} ${projectId} ${apiKeyId} ${detail}`;
    let kept = refusal;
    if (this.#kinds.size >= MAX_KINDS && !this.#kinds.has(kind)) {
      kind = `${door} ${code} ${httpStatus}`;
      kept = { ...refusal, organizationId: null, projectId: null, apiKeyId: null, detail: null };
    }
    const known = this.#kinds.get(kind);
    if (known === undefined) this.#kinds.set(kind, { refusal: kept, occurrences: 1 });
    else known.occurrences++;
  }

  /** All that was counted, and begins anew. */
  take(): [refusal: Refusal, occurrences: number][] {
    const taken = Array.from(this.#kinds.values(), ({ refusal, occurrences }): [Refusal, number] => [refusal, occurrences]);
    this.#kinds.clear();
    return taken;
  }
}
