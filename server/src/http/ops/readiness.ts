/** Whether this process can do its work; read by `/readyz` and by the doors while draining. */
export class Readiness {
  #isDraining = false;
  #isStarted = false;

  started(): void {
    this.#isStarted = true;
  }

  drain(): void {
    this.#isDraining = true;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }
}

/** One dependency's answer: null when it is well, else one sentence. Must not take longer than a second or two. */
export type HealthCheck = () => Promise<string | null>;
