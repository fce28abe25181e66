import type { Clock } from '../clock/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { Coordination, LimitDecision, LimitRequest, Subscription } from './coordination.ts';
import { memoryFull, storeUnavailable } from './coordination.errors.ts';
import { ExpiringMap } from './expiring-map.ts';
import { MemoryChannels } from './memory-channels.ts';
import { MemoryLimits } from './memory-limits.ts';
import { assertTtl, assertValue } from './value.policy.ts';

export interface MemoryCoordinationBounds {
  /** Values, rate limits and concurrency limits, each. Default 200,000. */
  readonly maxKeys: number;
  /** Characters of all values and their keys together. Default 64 Mi. */
  readonly maxValueCharacters: number;
  /** Messages that wait for one subscriber. Default 1,024. */
  readonly maxQueuedMessages: number;
}

const DEFAULT_BOUNDS: MemoryCoordinationBounds = { maxKeys: 200_000, maxValueCharacters: 64 * 1024 * 1024, maxQueuedMessages: 1024 };

export interface MemoryCoordinationDeps {
  /** Told about listeners that throw. */
  readonly log?: Pick<Logger, 'warn'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly bounds?: Partial<MemoryCoordinationBounds>;
}

interface StoredValue {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** Coordination of one process, without timers. Decisions are made synchronously, within a microsecond or two. */
export class MemoryCoordination implements Coordination {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #bounds: MemoryCoordinationBounds;
  readonly #values: ExpiringMap<StoredValue>;
  readonly #limits: MemoryLimits;
  readonly #channels: MemoryChannels;
  #valueCharacters = 0;
  #isClosed = false;

  constructor(deps: MemoryCoordinationDeps) {
    this.#clock = deps.clock;
    this.#bounds = { ...DEFAULT_BOUNDS, ...deps.bounds };
    this.#values = new ExpiringMap(
      this.#bounds.maxKeys,
      (stored, nowMs) => stored.expiresAtMs <= nowMs,
      (key, stored) => (this.#valueCharacters -= key.length + stored.value.length),
    );
    this.#limits = new MemoryLimits(this.#bounds.maxKeys);
    this.#channels = new MemoryChannels(this.#bounds.maxQueuedMessages, deps.log ?? null);
  }

  /** Entries held now, for metrics. */
  get keyCount(): number {
    return this.#values.size + this.#limits.keyCount;
  }

  get(key: string): Promise<string | null> {
    return this.#run((nowMs) => this.#read(key, nowMs));
  }

  set(key: string, value: string, options: { ttlMs?: number; onlyIfAbsent?: boolean } = {}): Promise<boolean> {
    return this.#run((nowMs) => {
      assertValue(key, value);
      assertTtl(key, options.ttlMs);
      const known = this.#read(key, nowMs);
      if (known !== null && options.onlyIfAbsent === true) return false;
      this.#store(key, known, { value, expiresAtMs: options.ttlMs === undefined ? Infinity : nowMs + options.ttlMs }, nowMs);
      return true;
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#run((nowMs) => this.#read(key, nowMs) !== null && this.#values.delete(key));
  }

  take(limits: readonly LimitRequest[]): Promise<LimitDecision> {
    if (this.#isClosed) return Promise.reject(closed());
    try {
      return Promise.resolve(this.#limits.take(limits, this.#nowMs()));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  release(limits: readonly { key: string; holder: string }[]): Promise<void> {
    return this.#run(() => {
      for (const { key, holder } of limits) this.#limits.release(key, holder);
    });
  }

  publish(channel: string, message: string): Promise<void> {
    return this.#run(() => {
      assertValue(channel, message);
      this.#channels.publish(channel, message);
    });
  }

  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Promise<Subscription> {
    return this.#run(() => this.#channels.subscribe(channel, listener, onGap));
  }

  ping(): Promise<void> {
    return this.#run(() => undefined);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#channels.close();
    return Promise.resolve();
  }

  #run<Result>(step: (nowMs: number) => Result): Promise<Result> {
    if (this.#isClosed) return Promise.reject(closed());
    try {
      return Promise.resolve(step(this.#nowMs()));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #read(key: string, nowMs: number): string | null {
    const stored = this.#values.get(key);
    if (stored === undefined) return null;
    if (stored.expiresAtMs > nowMs) return stored.value;
    this.#values.delete(key);
    return null;
  }

  /** Checks the room first: a value that does not fit leaves the old one in place. */
  #store(key: string, known: string | null, stored: StoredValue, nowMs: number): void {
    const added = known === null ? key.length + stored.value.length : stored.value.length - known.length;
    if (this.#valueCharacters + added > this.#bounds.maxValueCharacters) this.#values.clearOver(nowMs);
    if (this.#valueCharacters + added > this.#bounds.maxValueCharacters)
      throw memoryFull('characters of values', this.#bounds.maxValueCharacters);
    if (known === null && !this.#values.hasRoom(1, nowMs)) throw memoryFull('values', this.#bounds.maxKeys);
    this.#values.delete(key);
    this.#values.add(key, stored, nowMs);
    this.#valueCharacters += key.length + stored.value.length;
  }

  /** Whole milliseconds, so that windows and leases compare exactly. */
  #nowMs(): number {
    return Math.floor(this.#clock.monotonicMs());
  }
}

function closed(): Error {
  return storeUnavailable('the process is stopping', 1_000);
}
