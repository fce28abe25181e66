import { secretFileIn, type Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';

const PEPPER_BYTES = 32;

/**
 * The secret under which API keys are hashed: a file of the data folder, readable by its owner alone, never in the database.
 * Made once; a file that is there is never replaced.
 */
export function readOrCreatePepper(dataDir: string, ids: Ids): Secret {
  const file = secretFileIn(dataDir, 'pepper', PEPPER_BYTES, 'no API key can be checked');
  return file.read() ?? file.create(ids.secretBytes(PEPPER_BYTES).toString('base64url'));
}
