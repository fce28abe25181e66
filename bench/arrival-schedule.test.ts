import { describe, expect, it } from 'vitest';
import { ArrivalSchedule } from './arrival-schedule.ts';

describe('ArrivalSchedule', () => {
  it('spaces arrivals evenly and ends with the duration', () => {
    const schedule = new ArrivalSchedule(100, 50);
    expect(schedule.total).toBe(5);
    expect(schedule.takeDue(1000)).toEqual([0, 10, 20, 30, 40]);
    expect(schedule.isExhausted).toBe(true);
    expect(schedule.msToNext(1000)).toBeUndefined();
  });

  it('gives each arrival once, at the time it was due', () => {
    const schedule = new ArrivalSchedule(1000, 10);
    expect(schedule.takeDue(0)).toEqual([0]);
    expect(schedule.takeDue(0.5)).toEqual([]);
    expect(schedule.msToNext(0.5)).toBe(0.5);
    expect(schedule.takeDue(3.2)).toEqual([1, 2, 3]);
  });

  it('keeps the intended times when the generator was held up', () => {
    const schedule = new ArrivalSchedule(1000, 5);
    schedule.takeDue(0);
    // Nobody asked for 400 ms: the arrivals are due at 1 to 4 ms all the same, so their waiting is counted.
    expect(schedule.takeDue(400)).toEqual([1, 2, 3, 4]);
  });

  it('refuses a rate or a duration of nothing', () => {
    expect(() => new ArrivalSchedule(0, 10)).toThrow('above 0');
    expect(() => new ArrivalSchedule(10, 0)).toThrow('above 0');
    expect(() => new ArrivalSchedule(Number.NaN, 10)).toThrow('above 0');
  });
});
