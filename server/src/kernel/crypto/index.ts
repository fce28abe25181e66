export {
  createEncryptionKey,
  ENCRYPTION_KEY_EXPECTS,
  encryptionKeyPath,
  findEncryptionKey,
  isEncryptionKeyText,
  type EncryptionKeySource,
} from './encryption-key.ts';
export { Confidential, Secret } from './secret.ts';
export { keyIdOf, LocalSecretBox, SealedValueError, type SecretBox, type SecretPlace } from './secret-box.ts';
export { secretFileIn, type SecretFile } from './secret-file.ts';
