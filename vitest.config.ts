import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would load graphql as ES modules for our files while dependencies load CommonJS; two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    fsModuleCache: false,
    // Names of recorded cases stay whole: they are what one looks for.
    taskTitleValueFormatTruncate: 0,
    include: ['server/src/**/*.test.ts', 'sdk-js/**/*.test.ts', 'tools/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/__fixtures__/**', 'test/full/**', 'test/clients/{js,python,agents}/**'],
    globalSetup: ['test/testkit/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
