import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../kernel/telemetry/index.ts';
import { scripted } from '../../../../../test/testkit/completions.ts';
import { HeldProvider } from './held-provider.ts';

const log = createLogger({ level: 'silent' });

function heldOf(close: () => Promise<void> = () => Promise.resolve()): { held: HeldProvider; closings: () => number } {
  let closings = 0;
  const provider = scripted('test', {
    close: () => {
      closings += 1;
      return close();
    },
  });
  return { held: new HeldProvider(provider, 'same', log), closings: () => closings };
}

describe('a provider in use', () => {
  it('closes when it is retired and the last call that holds it has ended, once', () => {
    const { held, closings } = heldOf();
    const [first, second] = [held.hold(), held.hold()];
    held.retire();
    expect(closings()).toBe(0);
    first();
    first();
    expect([held.holders, closings()]).toEqual([1, 0]);
    second();
    expect([held.holders, closings()]).toEqual([0, 1]);
    held.retire();
    void held.close();
    expect(closings()).toBe(1);
  });

  it('stays open between calls while it is in force', () => {
    const { held, closings } = heldOf();
    held.hold()();
    expect(closings()).toBe(0);
  });

  it('that nobody holds closes at once: without holding, a call would lose it', () => {
    const { held, closings } = heldOf();
    held.retire();
    expect(closings()).toBe(1);
  });

  it('closes at the end of the process although it is held, and a failure of that is nobody’s', async () => {
    const { held, closings } = heldOf(() => Promise.reject(new Error('broken')));
    held.hold();
    await expect(held.close()).resolves.toBeUndefined();
    expect(closings()).toBe(1);
  });
});
