/** Sentences about what was asked and could not be sent, each once. */
export class Warnings {
  readonly #sentences = new Set<string>();
  readonly #displayName: string;

  constructor(displayName: string) {
    this.#displayName = displayName;
  }

  /** `what` has no place on this wire. */
  leftOut(what: string, advice = ''): void {
    this.add(`${this.#displayName} takes no ${what} on its Responses API; it was left out.${advice === '' ? '' : ` ${advice}`}`);
  }

  add(sentence: string): void {
    this.#sentences.add(sentence);
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}
