import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Programs of others against the doors: `npm run test:clients`. What is not installed is reported as skipped, by its name. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ['test/clients/**/*.test.ts'], exclude: ['**/node_modules/**'], taskTitleValueFormatTruncate: 0 } }),
);
