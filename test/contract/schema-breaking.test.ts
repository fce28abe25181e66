import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareSchemas, hasRisenEnough, levelOf, parseReleased, printReleased } from '../../tools/schema/compare-schema.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const current = read('schema/schema.graphql');
const released = parseReleased(read('schema/released.graphql'));

describe('the contract since the last release', () => {
  it.skipIf(released.version === null)('changed no further than the version says (skipped while nothing is released)', async () => {
    const changes = await compareSchemas(released.sdlText, current);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const isEnough = hasRisenEnough(released.version ?? '', version, levelOf(changes));
    expect(isEnough ? [] : changes.filter((change) => change.level !== 'patch')).toEqual([]);
  });

  it('can always be compared with the present one', async () => {
    expect((await compareSchemas(released.sdlText, current)).every((change) => change.message !== '')).toBe(true);
  });
});

describe('comparison of contracts', () => {
  const plant = async (from: string, to: string) => {
    expect(current).toContain(from);
    return compareSchemas(current, current.replace(from, to));
  };

  it('finds nothing between equal contracts', async () => {
    expect(await compareSchemas(current, current)).toEqual([]);
  });

  it.each([
    ['a field that is gone', '  """Sum over requests, in USD."""\n  requestCostUsd: Decimal!\n', '', 'Accounting.requestCostUsd', 'major'],
    ['a field that may be null now', 'isBalanced: Boolean!', 'isBalanced: Boolean', 'Accounting.isBalanced', 'major'],
    ['an argument that is required now', '    from: DateTime\n', '    from: DateTime!\n', 'Query.accounting.from', 'major'],
    ['a scalar that is another one', 'requestCostUsd: Decimal!', 'requestCostUsd: Float!', 'Accounting.requestCostUsd', 'major'],
    ['a new enum value', 'enum Basis {', 'enum Basis {\n  GUESSED', 'Basis.GUESSED', 'minor'],
    ['a new field', 'type Accounting {', 'type Accounting {\n  extra: Int', 'Accounting.extra', 'minor'],
    ['other words', 'Sum over requests, in USD.', 'Sum over all requests, in USD.', 'Accounting.requestCostUsd', 'patch'],
  ])('rates %s', async (_what, from, to, path, level) => {
    const changes = await plant(from, to);
    expect(changes.map((change) => ({ path: change.path, level: change.level }))).toEqual([{ path, level }]);
    expect(levelOf(changes)).toBe(level);
  });

  it.each([
    ['1.2.3', '2.0.0', 'major', true],
    ['1.2.3', '1.3.0', 'major', false],
    ['1.2.3', '1.3.0', 'minor', true],
    ['1.2.3', '1.2.4', 'minor', false],
    ['1.2.3', '1.2.4', 'patch', true],
    ['1.2.3', '1.2.3', 'patch', false],
    ['1.2.3', '1.2.3', 'none', true],
    ['0.1.0', '0.2.0', 'major', true],
    ['0.1.0', '0.1.1', 'major', false],
    ['0.1.0', '0.1.1', 'minor', true],
    ['1.9.0', '1.10.0', 'minor', true],
  ] as const)('from %s, %s is high enough for %s: %s', (before, after, level, isEnough) => {
    expect(hasRisenEnough(before, after, level)).toBe(isEnough);
  });

  it('reads the version that it writes', () => {
    expect(parseReleased(printReleased('1.2.3', current)).version).toBe('1.2.3');
    expect(released.version === null || /^\d/.test(released.version)).toBe(true);
  });
});
