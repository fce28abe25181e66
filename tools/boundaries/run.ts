import { findViolations } from './find-violations.ts';

/** `npm run check:boundaries`: prints every import that crosses a border it may not cross; exits 1 when there is one. */
const { violations, fileCount, importCount } = await findViolations(process.cwd());
for (const { rule, from, to, advice } of violations) process.stdout.write(`${from} → ${to}\n  ${rule}: ${advice}\n`);
process.stdout.write(`${violations.length} forbidden imports among ${importCount} in ${fileCount} files\n`);
if (violations.length > 0) process.exitCode = 1;
