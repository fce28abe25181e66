import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Suites that need more than Node: Redis, Python, the optional local model. What is missing is reported as skipped. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ['test/full/**/*.test.ts'], exclude: ['**/node_modules/**'] } }),
);
