import { readFile, readdir } from 'node:fs/promises';

/** `pid` and everything that descends from it, from /proc. */
export async function processTree(pid: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''))?.[1];
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const tree: number[] = [];
  for (const waiting = [pid]; waiting.length > 0;) {
    const next = waiting.pop() as number;
    tree.push(next);
    waiting.push(...(children.get(next) ?? []));
  }
  return tree;
}

/** Memory of all these processes in bytes; pages that several of them share are counted once (PSS). */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) =>
      Number(/^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => ''))?.[1] ?? 0),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0) * 1024;
}
