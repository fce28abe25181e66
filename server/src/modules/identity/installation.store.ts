import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Secret } from '../../kernel/crypto/index.ts';

/** Recognises a pepper without telling anything about it. */
export function fingerprintOf(pepper: Secret): Buffer {
  return createHash('sha256').update(`antiphon pepper fingerprint ${pepper.reveal()}`).digest();
}

/**
 * Whether the first start has been made on this database.
 * Throws when it belongs to an installation with another pepper, for then no key would ever match.
 */
export async function isInstalled(client: PoolClient, pepper: Secret): Promise<boolean> {
  const { rows } = await client.query<{ pepper_fingerprint: Buffer }>('select pepper_fingerprint from installation');
  const installed = rows[0];
  if (installed === undefined) return false;
  if (!installed.pepper_fingerprint.equals(fingerprintOf(pepper)))
    throw new Error(
      'The API keys in this database were hashed with another pepper. Start with the ANTIPHON_DATA_DIR (its file secrets/pepper) that this database was made with.',
    );
  return true;
}
