import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cpuMicrosecondsOf,
  descendantPids,
  descendantsOf,
  machineCpuSeconds,
  parseStat,
  readStat,
  residentBytesOf,
  type ProcessStat,
} from './process-stat.ts';

const line =
  '4242 (post gres) (x) S 17 4242 4242 0 -1 4194560 1000 2000 0 0 150 50 30 20 20 0 1 0 100 1000 100 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0';

const stat = (pid: number, parentPid: number): ProcessStat => ({ pid, parentPid, name: 'x', ownTicks: 0, endedChildrenTicks: 0 });

describe('parseStat', () => {
  it('reads the times behind a name with spaces and parentheses', () => {
    expect(parseStat(line)).toEqual({ pid: 4242, parentPid: 17, name: 'post gres) (x', ownTicks: 200, endedChildrenTicks: 50 });
  });
});

describe('descendantsOf', () => {
  it('finds children of children and leaves out the root and strangers', () => {
    const all = [stat(1, 0), stat(10, 1), stat(11, 10), stat(12, 11), stat(20, 1)];
    expect(descendantsOf(10, all).map(({ pid }) => pid)).toEqual([11, 12]);
  });
});

describe.skipIf(!existsSync('/proc/self/stat'))('on Linux', () => {
  it('sees the CPU that this process burns', () => {
    const before = cpuMicrosecondsOf(process.pid);
    const own = process.cpuUsage();
    for (let used = 0; used < 300_000;) {
      const delta = process.cpuUsage(own);
      used = delta.user + delta.system;
    }
    const after = cpuMicrosecondsOf(process.pid);
    const truth = process.cpuUsage(own);
    // Two readings in ticks of 10 ms, user and system rounded apart.
    expect(Math.abs(after - before - (truth.user + truth.system))).toBeLessThanOrEqual(40_000);
  });

  it('says which process is gone', () => {
    const { pid } = spawnSync('true');
    expect(readStat(pid)).toBeUndefined();
    expect(() => cpuMicrosecondsOf(pid)).toThrow(`Process ${pid} is gone`);
  });

  it('finds a grandchild by the start of its name', async () => {
    const child = spawn('sh', ['-c', 'sleep 60 & echo started; wait'], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    await once(child.stdout, 'data');
    try {
      // Between its birth and its program a process still has its parent's name.
      await expect.poll(() => descendantPids(process.pid, 'slee')).toHaveLength(1);
      expect(descendantPids(process.pid, 'no-such-name')).toEqual([]);
    } finally {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
  });

  it('reads resident memory and the CPU of the whole machine', () => {
    expect(Math.abs(residentBytesOf(process.pid) / process.memoryUsage.rss() - 1)).toBeLessThan(0.2);
    const { busy, idle } = machineCpuSeconds();
    expect(busy).toBeGreaterThan(0);
    expect(idle).toBeGreaterThan(0);
  });
});
