import { describe, expect, it } from 'vitest';
import { allBars, allTrials, judgeBars, runTrials } from './verdict.ts';
import { VirtualTime } from './virtual-time.ts';

describe('the routing drill', () => {
  it('runs the same for the same seed', () => {
    for (const trial of allTrials.filter(({ scenario }) => scenario === 'fast-fail' || scenario === 'thundering herd'))
      expect(trial.run(7)).toEqual(trial.run(7));
  });

  it('holds every bar, and its controls miss theirs, with the first seed', () => {
    const verdicts = judgeBars(allBars, runTrials(allTrials, 1));
    expect(verdicts).toHaveLength(allBars.length);
    expect(verdicts.filter(({ isMet }) => !isMet)).toEqual([]);
  }, 120_000);
});

describe('virtual time', () => {
  it('runs what is planned in order of time, then of planning', () => {
    const time = new VirtualTime();
    const ran: string[] = [];
    time.at(20, () => ran.push(`late at ${time.monotonicMs()}`));
    time.at(10, () => {
      ran.push('first');
      time.at(10, () => ran.push('third'));
    });
    time.at(10, () => ran.push('second'));
    time.runUntil(15);
    expect([...ran, time.monotonicMs()]).toEqual(['first', 'second', 'third', 15]);
    time.runUntil(30);
    expect(ran.at(-1)).toBe('late at 20');
  });
});
