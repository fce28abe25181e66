import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { Provider } from '../contract.ts';

/** A provider that calls in flight keep open: it closes when it is retired and nobody holds it any more. */
export class HeldProvider {
  readonly provider: Provider;
  /** Tells whether another connection would make the same provider. */
  readonly fingerprint: string;
  readonly #log: Pick<Logger, 'warn'>;
  #holders = 0;
  #isRetired = false;
  #closed: Promise<void> | null = null;

  constructor(provider: Provider, fingerprint: string, log: Pick<Logger, 'warn'>) {
    this.provider = provider;
    this.fingerprint = fingerprint;
    this.#log = log;
  }

  /** Calls that use it now. */
  get holders(): number {
    return this.#holders;
  }

  get isClosed(): boolean {
    return this.#closed !== null;
  }

  /** Returns what gives it back; calling that again changes nothing. */
  hold(): () => void {
    this.#holders += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders -= 1;
      if (this.#isRetired && this.#holders === 0) void this.close();
    };
  }

  /** It is given to no new call; closes now or when the last call that holds it ends. */
  retire(): void {
    this.#isRetired = true;
    if (this.#holders === 0) void this.close();
  }

  /** Closes at once, whoever holds it: for the end of the process. Never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.provider.close().catch((error: unknown) => {
      this.#log.warn({ error, provider: this.provider.id }, 'a provider did not close cleanly; nothing uses it any more');
    });
    return this.#closed;
  }
}
