import { describe, expect, it } from 'vitest';
import { coverageOf, type RanTest } from './claims.ts';
import type { RecordedRow } from './manifest.ts';

const row = (provider: string, name: string): RecordedRow => ({ provider, case: name, api: 'chat', kind: 'text', tags: [], status: 200 });
const ROWS = [row('groq', 'chat.text.01'), row('groq', 'chat.text.02'), row('bedrock', 'chat.text.01'), row('google-gemini', 'x.text.01')];
const test = (file: string, fullName: string, state: RanTest['state'] = 'passed'): RanTest => ({ file, fullName, state });

describe('what suites claim', () => {
  it('is what their tests name with its provider', () => {
    const { outcomes, unclaimed } = coverageOf(ROWS, [test('/a/openai.test.ts', 'keeps everything of groq/chat.text.01, asked twice')], {});
    expect(outcomes.map(({ passed }) => passed)).toEqual([1, 0, 0, 0]);
    expect(unclaimed).toEqual(['groq/chat.text.02', 'bedrock/chat.text.01', 'google-gemini/x.text.01']);
  });

  it('is what they name without it in a file of that provider only', () => {
    const tests = [
      test('/a/bedrock-wires.test.ts', 'over its wire > chat.text.01 goes and comes'),
      test('/a/gemini.test.ts', 'gives all > x.text.01'),
      test('/a/others.test.ts', 'chat.text.02'),
    ];
    expect(coverageOf(ROWS, tests, {}).unclaimed).toEqual(['groq/chat.text.01', 'groq/chat.text.02']);
  });

  it('is nothing that was skipped, and counts what failed', () => {
    const tests = [test('/a/o.test.ts', 'groq/chat.text.01', 'skipped'), test('/a/o.test.ts', 'groq/chat.text.02', 'failed')];
    const { outcomes, unclaimed } = coverageOf(ROWS.slice(0, 2), tests, {});
    expect(unclaimed).toEqual(['groq/chat.text.01']);
    expect(outcomes[1]).toMatchObject({ passed: 0, failed: 1 });
  });

  it('holds exceptions to what they say', () => {
    const tests = [test('/a/o.test.ts', 'groq/chat.text.01')];
    const coverage = coverageOf(ROWS.slice(0, 2), tests, { 'groq/chat.text': 'a reason', 'nobody/': 'a reason' });
    expect(coverage.unclaimed).toEqual([]);
    expect(coverage.needlesslyExcepted).toEqual(['groq/chat.text.01']);
    expect(coverage.staleExceptions).toEqual(['nobody/']);
  });
});
