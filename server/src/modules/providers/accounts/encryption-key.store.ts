import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../../kernel/clock/index.ts';
import {
  createEncryptionKey,
  encryptionKeyPath,
  findEncryptionKey,
  keyIdOf,
  LocalSecretBox,
  type EncryptionKeySource,
  type SecretBox,
} from '../../../kernel/crypto/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';

/**
 * The box in which credentials are sealed. The key is made at the first start; once something has been sealed, the database remembers
 * which key it was. Rejects, and changes nothing, when that key is missing or another one is given.
 */
export async function openSecretBox(pool: Pool, source: EncryptionKeySource, ids: Ids): Promise<SecretBox> {
  const { rows } = await pool.query<{ keyId: string }>('select key_id as "keyId" from encryption_key');
  const usedKeyId = rows[0]?.keyId ?? null;
  const found = findEncryptionKey(source);
  if (found === null && usedKeyId !== null) throw new Error(`${messageOf(usedKeyId)} It is missing. ${adviceOf(source.dataDir)}`);
  const key = found ?? createEncryptionKey(source.dataDir, ids.secretBytes);
  if (usedKeyId !== null && usedKeyId !== keyIdOf(key))
    throw new Error(`${messageOf(usedKeyId)} This process has the key ${keyIdOf(key)}. ${adviceOf(source.dataDir)}`);
  return new LocalSecretBox(key, ids.secretBytes);
}

/**
 * Remembers, with the first sealed value, which key it was sealed with. Rejects when another process uses another key: what this one
 * sealed could not be opened there.
 */
export async function rememberKey(client: PoolClient, { keyId }: SecretBox, clock: Clock): Promise<void> {
  await client.query('insert into encryption_key (key_id, first_used_at) values ($1, $2) on conflict do nothing', [
    keyId,
    new Date(clock.nowMs()),
  ]);
  const { rows } = await client.query<{ keyId: string }>('select key_id as "keyId" from encryption_key');
  const usedKeyId = rows[0]?.keyId;
  if (usedKeyId !== undefined && usedKeyId !== keyId)
    throw new Error(`${messageOf(usedKeyId)} This process has the key ${keyId}. Give all processes the same ANTIPHON_ENCRYPTION_KEY.`);
}

function messageOf(keyId: string): string {
  return `The credentials in this database are sealed with the encryption key ${keyId}.`;
}

function adviceOf(dataDir: string): string {
  return `Restore ${encryptionKeyPath(dataDir)} from a backup, or set ANTIPHON_ENCRYPTION_KEY to that key. Nothing was changed.`;
}
