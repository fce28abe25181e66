import { describe, expect, it } from 'vitest';
import {
  callOf,
  finish,
  openCompletions,
  responseStart,
  scripted,
  streaming,
  text,
  usage,
  wholeResult,
} from '../../../../test/testkit/completions.ts';
import type { CompletionRequest, CompletionResult, Provider, StreamPart } from '../providers/index.ts';
import type { CompletionCall, CompletionOutcome } from './index.ts';

async function run(provider: Provider, overrides: Partial<CompletionCall> = {}): Promise<CompletionOutcome> {
  await using test = openCompletions({ providers: [provider] });
  const delivery = { kind: 'stream', onStart: () => undefined, parts: { part: () => undefined }, relay: null } as const;
  const outcome = await test.completions.run(callOf(overrides), overrides.isStreaming === true ? delivery : { kind: 'whole' });
  return 'replayOf' in outcome ? expect.fail('a replay was not expected') : outcome;
}

const answering = (changes: Partial<CompletionResult>): Provider =>
  scripted('first', { complete: () => Promise.resolve({ ...wholeResult('Hello', usage(5, 2)), ...changes }) });
const settledOf = ({ attempts }: CompletionOutcome) => {
  const { costNanoUsd, billing, priceVersion } = attempts[0]?.settled ?? expect.fail('an attempt was expected');
  return { costNanoUsd, billing, priceVersion };
};
const PRICED = { costNanoUsd: 9000n, billing: null, priceVersion: 'first/model@2020-01-01' };
const UNKNOWN = { costNanoUsd: null, priceVersion: null };

describe('what beside the token buckets decides a price', () => {
  it('is nothing at the usual service tier, whatever it is called', async () => {
    for (const serviceTier of [null, 'default', 'standard', 'auto'])
      expect(settledOf(await run(answering({ serviceTier })))).toEqual(PRICED);
  });

  it('is the service tier that was used: a tier without a price costs what nobody knows, and is kept for pricing it again', async () => {
    expect(settledOf(await run(answering({ serviceTier: 'Priority' })))).toEqual({ ...UNKNOWN, billing: { serviceTier: 'priority' } });
  });

  it('is the share of cache writes that are kept for an hour', async () => {
    const written = { ...usage(0, 0), cacheWriteTokens: 10, totalTokens: 10 };
    expect(settledOf(await run(answering({ usage: written })))).toMatchObject({ costNanoUsd: 10_000n, billing: null });
    expect(settledOf(await run(answering({ usage: { ...written, cacheWriteHourTokens: 4 } })))).toEqual({
      ...UNKNOWN,
      billing: { cacheWriteHourTokens: 4 },
    });
  });

  it('is what is charged by the piece, where tokens are not', async () => {
    const units = { images: 2 };
    expect(settledOf(await run(answering({ usage: { ...usage(0, 0), units } })))).toEqual({ ...UNKNOWN, billing: { units } });
    expect(settledOf(await run(answering({ usage: { ...usage(5, 2), units } })))).toMatchObject({ costNanoUsd: 9000n, billing: { units } });
  });

  it('is the tier that a stream ends with, not the one it began with', async () => {
    const counted: StreamPart = { type: 'usage', usage: usage(5, 2) };
    const named: StreamPart = { type: 'extra', choice: 0, scope: 'response', extra: { service_tier: 'flex' } };
    const begun = { ...responseStart, serviceTier: 'auto' } as StreamPart;
    const call = { isStreaming: true };
    expect(settledOf(await run(streaming('first', [begun, text('Hello'), finish, counted]), call))).toEqual(PRICED);
    expect(settledOf(await run(streaming('first', [begun, text('Hello'), finish, named, counted]), call)).billing).toEqual({
      serviceTier: 'flex',
    });
  });
});

describe('the bound of a call', () => {
  const image = { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } } as const;
  const request: CompletionRequest = { messages: [{ role: 'user', content: [image] }] };
  /** All that the model takes and gives: 1000 tokens at 1000 nano-USD, 100 at 2000, and 4 for rounding. */
  const ALL = 1_000_000n + 200_000n + 4n;

  it('is all that the model takes where an image tells nothing of its tokens', async () => {
    let calls = 0;
    const provider = scripted('first', {
      complete: () => {
        calls += 1;
        return Promise.resolve(wholeResult('Hello', usage(1000, 100)));
      },
    });
    const refused = await run(provider, { request: () => request, maxCostNanoUsd: ALL - 1n });
    expect([refused.error?.code, calls]).toEqual(['QUOTA_EXCEEDED', 0]);
    const served = await run(provider, { request: () => request, maxCostNanoUsd: ALL });
    expect([served.error, served.reservedNanoUsd, calls]).toEqual([null, ALL, 1]);
    expect(served.settlement.costNanoUsd).toBe(ALL - 4n);
  });

  it('is unknown for a service tier without a price', async () => {
    const outcome = await run(answering({}), {
      request: () => ({ ...request, extra: { service_tier: 'priority' } }),
      maxCostNanoUsd: 10n ** 18n,
    });
    expect([outcome.error?.code, outcome.reservedNanoUsd]).toEqual(['QUOTA_EXCEEDED', null]);
  });
});
