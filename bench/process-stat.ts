/** CPU and memory of other processes as Linux accounts for them in /proc. Works on Linux only and says so. */
import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

/** One line of /proc/<pid>/stat, the parts the bench needs. Times in clock ticks. */
export interface ProcessStat {
  pid: number;
  parentPid: number;
  name: string;
  /** utime + stime of all threads, ended ones included. */
  ownTicks: number;
  /** cutime + cstime: children that ended and were waited for. */
  endedChildrenTicks: number;
}

let cachedTicksPerSecond: number | undefined;

function ticksPerSecond(): number {
  cachedTicksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).trim());
  return cachedTicksPerSecond;
}

/** Parses a stat line. The name stands in parentheses and may itself hold spaces and parentheses, hence the search from the right. */
export function parseStat(line: string): ProcessStat {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const fields = line.slice(close + 2).split(' ');
  const field = (numberInManual: number): number => Number(fields[numberInManual - 3]);
  return {
    pid: Number(line.slice(0, open)),
    parentPid: field(4),
    name: line.slice(open + 1, close),
    ownTicks: field(14) + field(15),
    endedChildrenTicks: field(16) + field(17),
  };
}

/** Stat of a process, or undefined when it is gone. */
export function readStat(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Every process below `rootPid` in a list of stats, the root itself left out. */
export function descendantsOf(rootPid: number, all: readonly ProcessStat[]): ProcessStat[] {
  const childrenOf = new Map<number, ProcessStat[]>();
  for (const stat of all) childrenOf.set(stat.parentPid, [...(childrenOf.get(stat.parentPid) ?? []), stat]);
  const found: ProcessStat[] = [];
  const open = [rootPid];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of childrenOf.get(pid) ?? []) {
      found.push(child);
      open.push(child.pid);
    }
  }
  return found;
}

function readAllStats(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => readStat(Number(entry)))
    .filter((stat) => stat !== undefined);
}

/** CPU used so far by one process (all its threads), in µs. Throws when the process is gone: a bench of a dead process is void. */
export function cpuMicrosecondsOf(pid: number): number {
  const stat = readStat(pid);
  if (stat === undefined) throw new Error(`Process ${pid} is gone (or this is not Linux): its CPU cannot be read.`);
  return (stat.ownTicks / ticksPerSecond()) * 1e6;
}

/**
 * CPU used so far by the descendants of `rootPid` whose name starts with `namePrefix`, in µs. Backends that ended are kept: their
 * time moved to the postmaster that waited for them.
 */
export function descendantsCpuMicroseconds(rootPid: number, namePrefix: string): number {
  const matching = descendantsOf(rootPid, readAllStats()).filter((stat) => stat.name.startsWith(namePrefix));
  const ticks = matching.reduce((sum, stat) => sum + stat.ownTicks + stat.endedChildrenTicks, 0);
  return (ticks / ticksPerSecond()) * 1e6;
}

/** Pids of the descendants of `rootPid` whose name starts with `namePrefix`. */
export function descendantPids(rootPid: number, namePrefix: string): number[] {
  return descendantsOf(rootPid, readAllStats())
    .filter((stat) => stat.name.startsWith(namePrefix))
    .map((stat) => stat.pid);
}

/** Resident memory of a process in bytes (VmRSS). */
export function residentBytesOf(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (match === null) throw new Error(`/proc/${pid}/status has no VmRSS line.`);
  return Number(match[1]) * 1024;
}

/** CPU seconds that all processes of the machine used, and seconds it was idle, since boot. Both summed over cores. */
export function machineCpuSeconds(): { busy: number; idle: number } {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const idleTicks = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  const total = ticks.reduce((sum, value) => sum + value, 0);
  return { busy: (total - idleTicks) / ticksPerSecond(), idle: idleTicks / ticksPerSecond() };
}
