import { defineConfig, mergeConfig } from 'vitest/config';
import { CoverageReporter } from './tools/conformance/reporter.ts';
import base from './vitest.config.ts';

/** Every recorded case, and a count of them: `npm run conformance`. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: {
      include: ['test/conformance/**/*.test.ts'],
      reporters: [['default', { summary: false }], new CoverageReporter()],
      // Names of cases are read from the names of tests: they must be whole.
      taskTitleValueFormatTruncate: 0,
    },
  }),
);
