import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../test/clients/scenarios.ts';
import { isWhole, toClientResults, type RanTest } from './results.ts';

const SUITE = 'JavaScript client openai';
const WIRE = 'over an upstream of the openai wire';
const passed = (...names: readonly string[]): RanTest => ({ names, state: 'passed' });

describe('what the client tests tell', () => {
  it('is counted by client and scenario, on both wires together', () => {
    const [result, ...others] = toClientResults([
      passed(SUITE, WIRE, SCENARIOS.answer),
      { names: [SUITE, 'over an upstream of the anthropic wire', SCENARIOS.answer], state: 'failed' },
      passed(SUITE, 'before an upstream', SCENARIOS.wrongKey),
      passed('the official JavaScript client', SCENARIOS.answer),
    ]);
    expect(others).toEqual([]);
    expect(result).toEqual({
      kind: 'JavaScript',
      name: 'openai',
      isInstalled: true,
      scenarios: new Map([
        ['answer', ['passed', 'failed']],
        ['wrongKey', ['passed']],
      ]),
    });
  });

  it('has the upstreams as scenarios of an agent', () => {
    const results = toClientResults([
      passed('agent program @openai/codex', 'writes a file by a tool, over an upstream of the anthropic wire'),
    ]);
    expect(results).toMatchObject([{ kind: 'agent', name: '@openai/codex', scenarios: new Map([['anthropic', ['passed']]]) }]);
  });

  it.each([
    ['one that failed', { names: [SUITE, WIRE, SCENARIOS.stream], state: 'failed' }],
    ['one that was skipped', { names: [SUITE, WIRE, SCENARIOS.stream], state: 'skipped' }],
    ['a client that is not installed', { names: ['agent program opencode-ai', 'is not installed'], state: 'skipped' }],
    ['a Python client that is not installed', { names: ['Python client groq', WIRE, SCENARIOS.answer], state: 'skipped' }],
  ] satisfies [string, RanTest][])('is whole without, and not whole with %s', (_name, test) => {
    const whole = [passed(SUITE, WIRE, SCENARIOS.answer)];
    expect(isWhole(toClientResults(whole))).toBe(true);
    expect(isWhole(toClientResults([...whole, test]))).toBe(false);
  });

  it('is not whole when no client was run', () => {
    expect(isWhole(toClientResults([]))).toBe(false);
  });
});
