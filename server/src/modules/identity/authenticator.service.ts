import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Secret } from '../../kernel/crypto/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { hashApiKey, isWellFormedApiKey } from './api-key.policy.ts';
import { toPrincipal, type ApiKeyRow, type ApiKeyStore } from './api-key.store.ts';
import type { Principal } from './principal.ts';

/** A revoked key works at most this long. */
const FRESH_FOR_MS = 1000;
/** A key in use is looked up again in the background before it stops being fresh, so that no call waits for it. */
const REFRESH_AFTER_MS = 500;
/** While the database is away, keys that were good stay good this long. */
const STALE_LIMIT_MS = 5 * 60_000;
/** How long a call waits for a database that did not answer the last time: one that hangs must not hold up every call of a known key. */
const AWAY_WAIT_MS = 100;
const MAX_CACHED_KEYS = 10_000;
const TOUCH_INTERVAL_MS = 30_000;

interface CachedKey {
  principal: Principal | null;
  expiresAtMs: number;
  checkedAtMs: number;
  refreshing: Promise<void> | null;
  /** The last look-up failed. */
  isUnconfirmed: boolean;
}

const UNKNOWN_KEY = 'This API key is not known here. Check that it was copied whole, or make a new one.';

/**
 * Turns API keys into principals. A database that cannot be reached is never answered with 401: known keys go on working for
 * five minutes, unknown ones get UNAVAILABLE.
 */
export class Authenticator {
  readonly #store: ApiKeyStore;
  readonly #pepper: Secret;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #cache = new LRUCache<string, CachedKey>({ max: MAX_CACHED_KEYS });
  readonly #lastUsed = new Map<string, number>();
  readonly #touchTimer: NodeJS.Timeout;

  constructor(deps: { store: ApiKeyStore; pepper: Secret; clock: Clock; log: Logger }) {
    this.#store = deps.store;
    this.#pepper = deps.pepper;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#touchTimer = setInterval(() => void this.#flushLastUsed(), TOUCH_INTERVAL_MS);
    this.#touchTimer.unref();
  }

  /** Throws UNAUTHENTICATED for a key that is malformed, unknown, expired or revoked; UNAVAILABLE when that cannot be found out. */
  authenticate(key: string): Principal | Promise<Principal> {
    const cacheKey = hash('sha256', key, 'base64');
    const cached = this.#cache.get(cacheKey);
    if (cached === undefined) return this.#authenticateUncached(key, cacheKey);
    const ageMs = this.#clock.monotonicMs() - cached.checkedAtMs;
    if (ageMs > REFRESH_AFTER_MS && cached.refreshing === null) cached.refreshing = this.#refresh(key, cached);
    if (ageMs <= FRESH_FOR_MS) return this.#accept(cached);
    const refreshing = cached.refreshing as Promise<void>;
    const mayStayStale = cached.isUnconfirmed && ageMs <= STALE_LIMIT_MS;
    return (mayStayStale ? Promise.race([refreshing, sleep(AWAY_WAIT_MS)]) : refreshing).then(() => this.#accept(cached));
  }

  async close(): Promise<void> {
    clearInterval(this.#touchTimer);
    await this.#flushLastUsed();
  }

  async #authenticateUncached(key: string, cacheKey: string): Promise<Principal> {
    if (!isWellFormedApiKey(key))
      throw new AntiphonError(
        'UNAUTHENTICATED',
        'This is not an Antiphon API key (they begin with antp_live_ or antp_test_), or it was not copied whole.',
      );
    const row = await this.#lookUp(key);
    const entry: CachedKey = { ...this.#entryOf(row), refreshing: null, isUnconfirmed: false };
    // Unknown keys are not remembered: a flood of them would push the known ones out.
    if (row !== null) this.#cache.set(cacheKey, entry);
    return this.#accept(entry);
  }

  async #lookUp(key: string): Promise<ApiKeyRow | null> {
    try {
      return await this.#store.findByHash(hashApiKey(this.#pepper, key));
    } catch (cause) {
      throw new AntiphonError('UNAVAILABLE', 'The database that knows the API keys cannot be reached. Try again shortly.', { cause });
    }
  }

  async #refresh(key: string, cached: CachedKey): Promise<void> {
    try {
      Object.assign(cached, this.#entryOf(await this.#lookUp(key)), { isUnconfirmed: false });
    } catch (error) {
      cached.isUnconfirmed = true;
      if (this.#clock.monotonicMs() - cached.checkedAtMs > STALE_LIMIT_MS) throw error;
      this.#log.warn({ error, apiKeyId: cached.principal?.apiKeyId }, 'API key could not be checked again; it stays accepted for a while');
    } finally {
      cached.refreshing = null;
    }
  }

  #entryOf(row: ApiKeyRow | null): Omit<CachedKey, 'refreshing' | 'isUnconfirmed'> {
    const checkedAtMs = this.#clock.monotonicMs();
    if (row === null || row.revokedAt !== null) return { principal: null, expiresAtMs: 0, checkedAtMs };
    return { principal: toPrincipal(row), expiresAtMs: row.expiresAt === null ? Infinity : row.expiresAt.getTime(), checkedAtMs };
  }

  #accept(cached: CachedKey): Principal {
    const nowMs = this.#clock.nowMs();
    const { principal } = cached;
    if (principal === null) throw new AntiphonError('UNAUTHENTICATED', UNKNOWN_KEY);
    if (nowMs >= cached.expiresAtMs) throw new AntiphonError('UNAUTHENTICATED', 'This API key has expired. Make a new one.');
    if (principal.apiKeyId !== null) this.#lastUsed.set(principal.apiKeyId, nowMs);
    return principal;
  }

  async #flushLastUsed(): Promise<void> {
    if (this.#lastUsed.size === 0) return;
    const batch = new Map(this.#lastUsed);
    this.#lastUsed.clear();
    try {
      await this.#store.touch(batch);
    } catch (error) {
      this.#log.warn({ error, keys: batch.size }, 'last use of API keys could not be written');
    }
  }
}
