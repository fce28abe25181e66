import { defineConfig, mergeConfig } from 'vitest/config';
import { CoverageReporter } from './tools/conformance/reporter.ts';
import base from './vitest.config.ts';

/** Every recorded case, a count of them, and what an oracle of others reads in them: `npm run conformance`. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: {
      include: ['test/conformance/**/*.test.ts', 'test/full/oracle/**/*.test.ts'],
      reporters: [['default', { summary: false }], new CoverageReporter()],
    },
  }),
);
