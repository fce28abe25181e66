/** After the run: is every call that was sent in the server's ledger, and was the database writing for real? */
import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphqlTarget } from './scenarios.ts';

/** Counts of the server's proof of accounting. */
export interface AccountingCounts {
  started: number;
  settled: number;
  abandoned: number;
  inFlight: number;
  unexplained: number;
  pendingInJournal: number;
  isBalanced: boolean;
}

export interface AccountingProof {
  sent: number;
  /** Calls that the fake upstream answered; fewer than sent would mean that a cache answered. */
  upstreamCalls: number;
  counts: AccountingCounts;
  /** Empty when everything is as promised. */
  problems: string[];
}

export const ACCOUNTING_QUERY = '{ accounting { started settled abandoned inFlight unexplained pendingInJournal isBalanced } }';
const WAIT_MS = 15_000;
const POLL_MS = 250;

/** Reads the counts through GraphQL. Throws with the server's own words when it answers anything else. */
export async function readAccounting(target: GraphqlTarget): Promise<AccountingCounts> {
  const response = await fetch(target.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.apiKey}` },
    body: JSON.stringify({ query: ACCOUNTING_QUERY }),
  });
  const text = await response.text();
  const counts = (JSON.parse(text) as { data?: { accounting?: Record<string, string | number | boolean> } | null }).data?.accounting;
  if (counts === undefined) throw new Error(`The server did not answer the accounting query: ${text.slice(0, 500)}`);
  const count = (name: string): number => Number(counts[name]);
  return {
    started: count('started'),
    settled: count('settled'),
    abandoned: count('abandoned'),
    inFlight: count('inFlight'),
    unexplained: count('unexplained'),
    pendingInJournal: count('pendingInJournal'),
    isBalanced: counts['isBalanced'] === true,
  };
}

/** Waits until nothing is in flight (at most 15 s), then compares with what was sent since `before`. */
export async function proveAccounting(
  target: GraphqlTarget,
  before: AccountingCounts,
  sent: number,
  upstreamCalls: number,
): Promise<AccountingProof> {
  const until = performance.now() + WAIT_MS;
  let counts = await readAccounting(target);
  while ((counts.inFlight > 0 || counts.pendingInJournal > 0) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    counts = await readAccounting(target);
  }
  return { sent, upstreamCalls, counts, problems: accountingProblems(before, counts, sent, upstreamCalls) };
}

/** What does not add up, one sentence each. */
export function accountingProblems(before: AccountingCounts, after: AccountingCounts, sent: number, upstreamCalls: number): string[] {
  const problems: string[] = [];
  const started = after.started - before.started;
  const settled = after.settled - before.settled;
  if (started !== sent) problems.push(`${sent} calls were sent, but the ledger has ${started} more than before the run.`);
  if (settled !== sent) problems.push(`${sent} calls were answered, but the ledger settled ${settled}.`);
  if (after.inFlight !== 0) problems.push(`${after.inFlight} records are still in flight after the run.`);
  if (after.pendingInJournal !== 0) problems.push(`${after.pendingInJournal} records are in the local journal only.`);
  if (!after.isBalanced || after.unexplained !== 0) problems.push(`The ledger does not balance (${after.unexplained} unexplained).`);
  if (upstreamCalls < sent) problems.push(`The upstream saw ${upstreamCalls} of ${sent} calls: something else answered the rest.`);
  return problems;
}

/** Settings without which an acknowledged record would not survive a power cut. */
const DURABILITY_SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes'];
const OFF = new RegExp(`\\b(${DURABILITY_SETTINGS.join('|')})\\s*=\\s*'?(off|false|no|0)\\b`, 'i');

/** What tmpfs calls itself in statfs(2): memory, so an fsync there proves nothing. */
const TMPFS_TYPE = 0x01021994;

/**
 * Why acknowledged records might not survive a power cut, one sentence each: durability settings that are off on PostgreSQL's command
 * lines or in its configuration files below `dataFolder`, or a data folder in memory.
 */
export function durabilityProblems(dataFolder: string, postgresPids: readonly number[]): string[] {
  if (postgresPids.length === 0) return ['No PostgreSQL process was found below the server: its CPU is not in the table.'];
  const inMemory = statfsSync(dataFolder).type === TMPFS_TYPE ? [`${dataFolder} is in memory (tmpfs): nothing there is durable.`] : [];
  const commandLines = postgresPids.map((pid) => ({ where: `the command line of process ${pid}`, text: commandLineOf(pid) }));
  const files = configurationFiles(dataFolder).map((path) => ({ where: path, text: readFileSync(path, 'utf8') }));
  const off = [...commandLines, ...files].flatMap(({ where, text }) =>
    settingsThatAreOff(text).map((setting) => `PostgreSQL does not write durably: ${setting} in ${where}.`),
  );
  return [...inMemory, ...off];
}

/** Lines of a configuration or arguments that switch durability off; comments do not count. */
export function settingsThatAreOff(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => OFF.exec(line)?.[0] ?? []);
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', '\n');
  } catch {
    return '';
  }
}

function configurationFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)postgresql(\.auto)?\.conf$/.test(name))
    .map((name) => join(folder, name));
}
