import { describe, expect, it } from 'vitest';
import { callOf } from '../../../../test/testkit/completions.ts';
import type { Exchange, Stage } from './exchange.ts';
import { createPipeline } from './pipeline.ts';

const exchange: Exchange = {
  call: callOf(),
  delivery: { kind: 'whole' },
  deadlineAtMs: 0,
  admission: null,
  route: null,
  reservedNanoUsd: null,
};
const REPLAY = { replayOf: 'earlier' };

function stages(log: string[], overrides: Partial<Record<string, Stage>> = {}): Parameters<typeof createPipeline>[0] {
  const noting =
    (name: string): Stage =>
    async (_exchange, next) => {
      log.push(`${name} begins`);
      try {
        return await next();
      } finally {
        log.push(`${name} ends`);
      }
    };
  return {
    admit: overrides['admit'] ?? noting('admit'),
    claimIdempotencyKey: overrides['claim'] ?? noting('claim'),
    chooseRoute: overrides['route'] ?? noting('route'),
    callProvider: overrides['call'] ?? (() => (log.push('call'), Promise.resolve(REPLAY))),
  };
}

describe('the pipeline', () => {
  it('goes through its stages in order, each around those after it', async () => {
    const log: string[] = [];
    await expect(createPipeline(stages(log))(exchange)).resolves.toBe(REPLAY);
    expect(log).toEqual(['admit begins', 'claim begins', 'route begins', 'call', 'route ends', 'claim ends', 'admit ends']);
  });

  it('goes no further than the stage that ends it', async () => {
    const log: string[] = [];
    const refused = createPipeline(stages(log, { route: () => Promise.reject(new Error('no route')) }));
    await expect(refused(exchange)).rejects.toThrow('no route');
    expect(log).toEqual(['admit begins', 'claim begins', 'claim ends', 'admit ends']);
  });

  it('has a last stage', async () => {
    const endless = createPipeline(stages([], { call: (_exchange, next) => next() }));
    await expect(endless(exchange)).rejects.toThrow('the last stage of the pipeline must not call next');
  });
});
