import { Redis } from 'ioredis';
import type { Clock } from '../clock/index.ts';
import type { Secret } from '../crypto/index.ts';
import { AntiphonError } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { Circuit, DEFAULT_CIRCUIT, type CircuitSettings } from './circuit.ts';
import type { Coordination, LimitDecision, LimitRequest, Subscription } from './coordination.ts';
import { storeUnavailable } from './coordination.errors.ts';
import { assertLimitRequests } from './limit-request.policy.ts';
import { RedisChannels } from './redis-channels.ts';
import { RELEASE_SCRIPT, TAKE_SCRIPT, type RedisScript } from './redis-scripts.ts';
import { assertTtl, assertValue } from './value.policy.ts';

export interface RedisCoordinationOptions {
  readonly url: Secret;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Default `antp:`. */
  readonly keyPrefix?: string;
  /** An answer that takes longer is given up. Default 800 ms. */
  readonly commandTimeoutMs?: number;
  readonly circuit?: CircuitSettings;
}

const DEFAULT_PREFIX = 'antp:';
const DEFAULT_COMMAND_TIMEOUT_MS = 800;
/** A socket that stays silent for so long while answers are due is dead, though TCP has not noticed. */
const SOCKET_TIMEOUT_MS = 3_000;
const MAX_RECONNECT_PAUSE_MS = 1_000;
const MAX_IN_FLIGHT = 20_000;

/**
 * Coordination of many processes through one Redis (a single primary; not a cluster, because one step spans keys). Time is Redis's own, so
 * that the clocks of the processes do not matter. When Redis cannot be reached or answers too late, every operation rejects with
 * UNAVAILABLE within a second, and at once while that lasts.
 */
export class RedisCoordination implements Coordination {
  readonly #redis: Redis;
  readonly #options: RedisCoordinationOptions;
  readonly #prefix: string;
  readonly #commandTimeoutMs: number;
  readonly #circuit: Circuit;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #firstConnection: Promise<void>;
  /** Opened by the first subscription; `ready` resolves when its first attempt to connect has ended. */
  #messages: { readonly channels: RedisChannels; readonly ready: Promise<void> } | null = null;
  #inFlight = 0;
  #isClosed = false;
  #isReady = false;

  /** Begins to connect; operations wait for that first attempt. */
  constructor(options: RedisCoordinationOptions) {
    this.#options = options;
    this.#prefix = options.keyPrefix ?? DEFAULT_PREFIX;
    this.#commandTimeoutMs = options.commandTimeoutMs ?? DEFAULT_COMMAND_TIMEOUT_MS;
    this.#clock = options.clock;
    this.#circuit = new Circuit(options.clock, options.circuit ?? DEFAULT_CIRCUIT);
    this.#redis = this.#connect('commands');
    this.#redis.on('ready', () => (this.#isReady = true));
    this.#redis.on('close', () => (this.#isReady = false));
    this.#firstConnection = untilFirstOutcome(this.#redis);
  }

  get(key: string): Promise<string | null> {
    return this.#run(() => this.#redis.get(this.#prefix + key));
  }

  set(key: string, value: string, options: { ttlMs?: number; onlyIfAbsent?: boolean } = {}): Promise<boolean> {
    return this.#run(async () => {
      assertValue(key, value);
      assertTtl(key, options.ttlMs);
      const name = this.#prefix + key;
      const { ttlMs, onlyIfAbsent } = options;
      if (onlyIfAbsent === true)
        return (
          (await (ttlMs === undefined ? this.#redis.set(name, value, 'NX') : this.#redis.set(name, value, 'PX', ttlMs, 'NX'))) === 'OK'
        );
      await (ttlMs === undefined ? this.#redis.set(name, value) : this.#redis.set(name, value, 'PX', ttlMs));
      return true;
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#run(async () => (await this.#redis.del(this.#prefix + key)) === 1);
  }

  take(limits: readonly LimitRequest[]): Promise<LimitDecision> {
    return this.#run(async () => {
      assertLimitRequests(limits);
      const keys: string[] = [];
      const values: (string | number)[] = [];
      for (const limit of limits) {
        if (limit.kind === 'rate') {
          keys.push(`${this.#prefix}r:${limit.windowMs}:${limit.key}`);
          values.push('r', limit.amount, limit.limit, limit.windowMs);
        } else {
          keys.push(`${this.#prefix}c:${limit.key}`);
          values.push('c', limit.holder, limit.limit, limit.leaseMs);
        }
      }
      return toDecision(await this.#evaluate(TAKE_SCRIPT, keys, values), limits.length);
    });
  }

  release(limits: readonly { key: string; holder: string }[]): Promise<void> {
    if (limits.length === 0) return Promise.resolve();
    return this.#run(async () => {
      const keys = limits.map(({ key }) => `${this.#prefix}c:${key}`);
      const holders = limits.map(({ holder }) => holder);
      await this.#evaluate(RELEASE_SCRIPT, keys, holders);
    });
  }

  publish(channel: string, message: string): Promise<void> {
    return this.#run(async () => {
      assertValue(channel, message);
      await this.#redis.publish(this.#prefix + channel, message);
    });
  }

  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Promise<Subscription> {
    return this.#run(async () => {
      this.#messages ??= this.#openMessages();
      await this.#messages.ready;
      return this.#messages.channels.subscribe(this.#prefix + channel, listener, onGap);
    });
  }

  async ping(): Promise<void> {
    await this.#run(() => this.#redis.ping());
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#messages?.channels.close();
    this.#redis.disconnect();
    return Promise.resolve();
  }

  async #evaluate(script: RedisScript, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    try {
      return await this.#redis.evalsha(script.sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await this.#redis.eval(script.source, keys.length, ...keys, ...values);
    }
  }

  async #run<Result>(step: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw storeUnavailable('the process is stopping', 1_000);
    if (!this.#isReady) await this.#firstConnection;
    if (!this.#isReady) throw storeUnavailable('there is no connection to Redis; check REDIS_URL and the server', MAX_RECONNECT_PAUSE_MS);
    if (this.#inFlight >= MAX_IN_FLIGHT) throw storeUnavailable(`${MAX_IN_FLIGHT} operations wait for Redis already`, 1_000);
    if (!this.#circuit.tryPass()) throw storeUnavailable('Redis answers too slowly; operations are refused until it recovers', 500);
    const startMs = this.#clock.monotonicMs();
    this.#inFlight += 1;
    try {
      const result = await step();
      this.#circuit.report(this.#clock.monotonicMs() - startMs);
      return result;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      this.#circuit.report(null);
      throw error instanceof AntiphonError ? error : storeUnavailable('Redis did not answer', 500, error);
    } finally {
      this.#inFlight -= 1;
    }
  }

  #openMessages(): { channels: RedisChannels; ready: Promise<void> } {
    const connection = this.#connect('messages');
    return { channels: new RedisChannels(connection, this.#options.log), ready: untilFirstOutcome(connection) };
  }

  #connect(purpose: 'commands' | 'messages'): Redis {
    const redis = new Redis(this.#options.url.reveal(), {
      connectionName: `antiphon:${purpose}`,
      connectTimeout: this.#commandTimeoutMs,
      commandTimeout: this.#commandTimeoutMs,
      // A subscriber may hear nothing for hours; ioredis arms this only while an answer is due.
      socketTimeout: SOCKET_TIMEOUT_MS,
      enableOfflineQueue: false,
      enableAutoPipelining: purpose === 'commands',
      // A step that is sent again after a lost connection could be taken twice.
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      disableClientInfo: true,
      // After a fail-over the old primary answers so; a new connection finds the new one.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 8), MAX_RECONNECT_PAUSE_MS),
    });
    let isLost = false;
    let lastError: Error | undefined;
    redis.on('error', (error: Error) => (lastError = error));
    redis.on('close', () => {
      if (isLost || this.#isClosed) return;
      isLost = true;
      this.#options.log.warn({ error: lastError, purpose }, 'the connection to Redis is lost; it is tried again until it stands');
    });
    redis.on('ready', () => {
      if (isLost) this.#options.log.info({ purpose }, 'the connection to Redis stands again');
      isLost = false;
    });
    return redis;
  }
}

/** Resolves when the first attempt to connect has ended, well or not. */
function untilFirstOutcome(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', () => resolve());
    redis.once('close', () => resolve());
  });
}

function toDecision(answer: unknown, count: number): LimitDecision {
  if (!Array.isArray(answer) || answer.length !== count + 2 || !answer.every((value) => typeof value === 'number'))
    throw new Error('the limit script gave an answer of another shape; is another program writing under its keys?');
  const [refused, retryAfterMs, ...remaining] = answer as [number, number, ...number[]];
  return { isAllowed: refused < 0, refusedIndex: refused < 0 ? null : refused, retryAfterMs, remaining };
}
