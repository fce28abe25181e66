const MAX_KEY_CHARACTERS = 512;
const MAX_VALUE_CHARACTERS = 1024 * 1024;

/** Throws `RangeError` when a key (or channel) or a value (or message) is larger than any store accepts. */
export function assertValue(key: string, value: string): void {
  if (key.length === 0 || key.length > MAX_KEY_CHARACTERS)
    throw new RangeError(`a key has 1 to ${MAX_KEY_CHARACTERS} characters, not ${key.length}`);
  if (value.length > MAX_VALUE_CHARACTERS)
    throw new RangeError(`the value of ${key} has ${value.length} characters; at most ${MAX_VALUE_CHARACTERS} are kept`);
}

export function assertTtl(key: string, ttlMs: number | undefined): void {
  if (ttlMs !== undefined && (!Number.isSafeInteger(ttlMs) || ttlMs < 1))
    throw new RangeError(`ttlMs of ${key} must be a whole number from 1, not ${ttlMs}`);
}
