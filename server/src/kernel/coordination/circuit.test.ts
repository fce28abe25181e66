import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/index.ts';
import { Circuit } from './circuit.ts';

const SETTINGS = { slowMs: 250, badCount: 3, badForMs: 1_000, probeEveryMs: 500 };

function open(): { circuit: Circuit; clock: ManualClock } {
  const clock = new ManualClock();
  return { circuit: new Circuit(clock, SETTINGS), clock };
}

describe('circuit', () => {
  it('opens after bad outcomes in a row that lasted long enough', () => {
    const { circuit, clock } = open();
    circuit.report(null);
    clock.advance(500);
    circuit.report(null);
    clock.advance(499);
    circuit.report(null);
    expect(circuit.isOpen).toBe(false);
    clock.advance(1);
    circuit.report(null);
    expect([circuit.isOpen, circuit.tryPass()]).toEqual([true, false]);
  });

  it('stays closed through a short pause, however many calls it slowed', () => {
    const { circuit, clock } = open();
    clock.advance(900);
    for (let call = 0; call < 1_000; call++) circuit.report(900);
    expect(circuit.isOpen).toBe(false);
    circuit.report(5);
    clock.advance(10_000);
    for (let call = 0; call < 2; call++) circuit.report(null);
    expect(circuit.isOpen).toBe(false);
  });

  it('opens for answers that are right but slow', () => {
    const { circuit, clock } = open();
    for (let call = 0; call < 4; call++) {
      clock.advance(300);
      circuit.report(300);
    }
    expect(circuit.isOpen).toBe(true);
  });

  it('lets a single probe through now and then, and closes with one quick answer', () => {
    const { circuit, clock } = open();
    for (let call = 0; call < 3; call++) {
      circuit.report(null);
      clock.advance(600);
    }
    circuit.report(null);
    expect(circuit.isOpen).toBe(true);
    clock.advance(500);
    expect([circuit.tryPass(), circuit.tryPass(), circuit.tryPass()]).toEqual([true, false, false]);
    circuit.report(null);
    expect(circuit.tryPass()).toBe(false);
    clock.advance(500);
    expect(circuit.tryPass()).toBe(true);
    circuit.report(3);
    expect([circuit.isOpen, circuit.tryPass(), circuit.tryPass()]).toEqual([false, true, true]);
  });
});
