import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/index.ts';
import { createIds, isUuid } from './index.ts';

describe('uuidv7', () => {
  it('is strictly increasing within one millisecond and over counter overflow', () => {
    const ids = createIds(new ManualClock());
    const made = Array.from({ length: 10_000 }, () => ids.uuidv7());
    expect(made.every(isUuid)).toBe(true);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('never goes back when the clock does', () => {
    const clock = new ManualClock(2_000_000);
    const ids = createIds(clock);
    const before = ids.uuidv7();
    clock.advance(-1000);
    expect(ids.uuidv7() > before).toBe(true);
  });

  it('carries version 7, the RFC variant and the time', () => {
    const id = createIds(new ManualClock(0x0123456789ab)).uuidv7();
    expect(id.slice(0, 13)).toBe('01234567-89ab');
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
  });
});
