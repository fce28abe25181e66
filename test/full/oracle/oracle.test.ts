import { describe, expect, it } from 'vitest';
import { HAS_RECORDINGS, readOracleCases } from './oracle.cases.ts';
import { DIFFERENCES, explain, type KnownDifference } from './oracle.exceptions.ts';
import { readOurs } from './oracle.ours.ts';
import { differencesOf, type Reading } from './oracle.reading.ts';
import { isOracleInstalled, readTheirs } from './oracle.theirs.ts';

const isInstalled = await isOracleInstalled();
const cases = readOracleCases();
const needed = new Set<KnownDifference>();

describe.skipIf(!HAS_RECORDINGS || !isInstalled)('text, tool calls, finish reason and token counts, beside an oracle of others', () => {
  it.each(cases)('are the same for $name, or differ for a reason that is known', async (recorded) => {
    const ours = await readOurs(recorded).catch((error: unknown) => error);
    const theirs = await readTheirs(recorded).catch((error: unknown) => error);
    const differences =
      ours instanceof Error || theirs instanceof Error ? thrown(ours, theirs) : differencesOf(ours as Reading, theirs as Reading);
    const explained = differences.map((difference) => [difference, explain(recorded, difference)] as const);
    expect(explained.flatMap(([difference, known]) => (known === null ? [difference] : []))).toEqual([]);
    for (const [, known] of explained) if (known !== null) needed.add(known);
  });

  it('differ for no other reason: every known one is needed', () => {
    expect(DIFFERENCES.filter((known) => !needed.has(known))).toEqual([]);
  });
});

function thrown(ours: unknown, theirs: unknown): string[] {
  if (ours instanceof Error && theirs instanceof Error) return [];
  return [ours instanceof Error ? `ours throws: ${ours.message}` : `theirs throws: ${(theirs as Error).message}`];
}

describe('the comparison itself (control)', () => {
  const reading: Reading = { text: 'a', calls: [], finishReason: 'stop', inputTokens: 1, cachedReadTokens: 0, outputTokens: 1 };

  it('notices a word, a call, a reason or a token that went missing', () => {
    expect(differencesOf(reading, { ...reading, text: 'ab' })).toHaveLength(1);
    expect(differencesOf(reading, { ...reading, calls: [{ name: 'f', input: '{}' }] })).toHaveLength(1);
    expect(differencesOf(reading, { ...reading, finishReason: 'length' })).toHaveLength(1);
    expect(differencesOf(reading, { ...reading, inputTokens: 2, outputTokens: 2 })).toHaveLength(2);
  });
});
