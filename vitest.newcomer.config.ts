import { defineConfig } from 'vitest/config';

/** The first minute with Antiphon, as the account that runs this and, for root, as a fresh plain one. Two copies of the packages are made. */
export default defineConfig({
  test: { include: ['tools/smoke/*.smoke.ts'], testTimeout: 120_000, hookTimeout: 240_000, fileParallelism: false },
});
