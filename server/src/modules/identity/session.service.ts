import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Coordination } from '../../kernel/coordination/index.ts';
import { Secret } from '../../kernel/crypto/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import { SCOPES, type Principal } from './principal.ts';

const TOKEN_BYTES = 32;
export const SESSION_TTL_MS = 12 * 3_600_000;

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
const sessionKey = (token: string): string => `session:${digest(token).toString('base64url')}`;

/** One-time login links, and the sessions they open. Tokens are kept only as SHA-256; sessions live in coordination. */
export class SessionService {
  readonly #pool: Pool;
  readonly #coordination: Coordination;
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(deps: { pool: Pool; coordination: Coordination; ids: Ids; clock: Clock }) {
    this.#pool = deps.pool;
    this.#coordination = deps.coordination;
    this.#ids = deps.ids;
    this.#clock = deps.clock;
  }

  /** Uses the link up and opens a session; null when the token is unknown, used or expired. */
  async redeemLoginLink(token: string): Promise<Secret | null> {
    const now = new Date(this.#clock.nowMs()).toISOString();
    const { rows } = await this.#pool.query<{ organizationId: string; projectId: string }>(
      `update login_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
       returning organization_id as "organizationId", project_id as "projectId"`,
      [digest(token), now],
    );
    const owner = rows[0];
    if (owner === undefined) return null;
    const session = this.#ids.secretBytes(TOKEN_BYTES).toString('base64url');
    await this.#coordination.set(sessionKey(session), JSON.stringify(owner), { ttlMs: SESSION_TTL_MS });
    return new Secret(session);
  }

  /** Throws UNAUTHENTICATED when the session is unknown or has ended. */
  async authenticate(session: string): Promise<Principal> {
    const found = await this.#coordination.get(sessionKey(session)).catch((cause: unknown) => {
      throw new AntiphonError('UNAVAILABLE', 'Sessions cannot be checked now. Try again shortly.', { cause });
    });
    if (found === null) throw new AntiphonError('UNAUTHENTICATED', 'The session has ended. Open a new login link.');
    const owner = JSON.parse(found) as { organizationId: string; projectId: string };
    return { ...owner, apiKeyId: null, scopes: new Set(SCOPES), requestsPerMinute: null, concurrency: null };
  }
}
