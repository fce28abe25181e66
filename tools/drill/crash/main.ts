/**
 * `npm run drill:crash [-- --cycles N] [-- --control]`: kills the server, PostgreSQL or both with SIGKILL under load with streams in
 * flight, again and again, and holds what clients were given against what the ledger holds. The control takes durability away and
 * must be caught losing records.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkHistory, isClean, type HistoryFindings, type LedgerRow } from './history.ts';
import { Load } from './load.ts';
import { Subject } from './subject.ts';

/** `journal`: the server dies while PostgreSQL is away and its records are in the local journal. */
const VICTIMS = ['server', 'postgres', 'both', 'journal'] as const;
/** Load before a kill: from the first to the second, spread evenly over the cycles. */
const LOAD_MS = [600, 1600] as const;
/** After PostgreSQL was killed under a living server, calls go to the journal and back. */
const OUTAGE_LOAD_MS = 800;
/** Short enough that the supervisor has not brought PostgreSQL back. */
const JOURNAL_LOAD_MS = 150;
const CLOSE_ORPHANS_WITHIN_MS = 60_000;

const { values } = parseArgs({ options: { cycles: { type: 'string', default: '30' }, control: { type: 'boolean', default: false } } });
const cycles = Number(values.cycles);
const isControl = values.control;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const dataDir = await mkdtemp(join(tmpdir(), 'antiphon-drill-'));
// The operating-system user that PostgreSQL runs as under root has to pass through; the server's own folders are closed.
await chmod(dataDir, 0o711);
const [port, opsPort] = await freePorts();
const subject = new Subject({ root: join(import.meta.dirname, '../../..'), dataDir, port, opsPort, isDurable: !isControl });
const load = new Load(subject);
const startedAt = performance.now();
try {
  await subject.start();
  const kills: Record<(typeof VICTIMS)[number], number> = { server: 0, postgres: 0, both: 0, journal: 0 };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const victim = isControl ? 'both' : (VICTIMS[cycle % VICTIMS.length] as (typeof VICTIMS)[number]);
    load.start();
    await wait(LOAD_MS[0] + ((LOAD_MS[1] - LOAD_MS[0]) * ((cycle * 7) % cycles)) / Math.max(1, cycles - 1));
    await killAndRecover(victim);
    kills[victim] += 1;
  }
  const accounting = await accountingWhenClosed();
  const findings = checkHistory(load.attempted, load.acknowledged, await ledgerRows());
  const strays = await contradictions();
  const seconds = (performance.now() - startedAt) / 1000;
  say(`${cycles} cycles in ${seconds.toFixed(0)} s (${(seconds / cycles).toFixed(1)} s each): ${JSON.stringify(kills)}`);
  say(`${load.attempted} attempted, ${load.acknowledged.length} acknowledged, ${load.failed} refused or broken`);
  say(`accounting: ${JSON.stringify(accounting)}`);
  say(
    `lost ${findings.lost.length}, doubled ${findings.doubled.length}, invented ${findings.invented.length}, miscounted ${findings.miscounted.length}`,
  );
  say(`contradictions between tables: ${JSON.stringify(strays)}`);
  await subject.stop();
  process.exitCode = judge(findings, accounting, strays) ? 0 : 1;
} finally {
  await load.stop();
  await subject.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function killAndRecover(victim: (typeof VICTIMS)[number]): Promise<void> {
  switch (victim) {
    case 'server':
      await subject.killServer();
      break;
    case 'postgres':
      await subject.killPostgres();
      await wait(OUTAGE_LOAD_MS);
      await subject.ready();
      await load.stop();
      return;
    case 'journal':
      await subject.killPostgres();
      await wait(JOURNAL_LOAD_MS);
      await subject.killServer();
      break;
    case 'both':
      await subject.killBoth();
  }
  await load.stop();
  await subject.start();
}

interface Accounting {
  readonly started: string;
  readonly settled: string;
  readonly abandoned: string;
  readonly inFlight: string;
  readonly unexplained: string;
  readonly pendingInJournal: string;
  readonly isBalanced: boolean;
  readonly requestCostUsd: string;
  readonly attemptCostUsd: string;
}

/** The proof of accounting once nothing is open any more, or as it stands when that takes too long. */
async function accountingWhenClosed(): Promise<Accounting> {
  const deadline = performance.now() + CLOSE_ORPHANS_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${subject.baseUrl}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${subject.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          '{ accounting { started settled abandoned inFlight unexplained pendingInJournal isBalanced requestCostUsd attemptCostUsd } }',
      }),
    });
    const { accounting } = ((await answer.json()) as { data: { accounting: Accounting } }).data;
    const isClosed = accounting.inFlight === '0' && accounting.unexplained === '0' && accounting.pendingInJournal === '0';
    if (isClosed || performance.now() > deadline) return accounting;
    await wait(500);
  }
}

async function ledgerRows(): Promise<LedgerRow[]> {
  const rows = await subject.query<{ call: string; id: string; kind: LedgerRow['kind']; outcome: string | null; total: string | null }>(
    `select r.metadata->>'drill' as call, r.id, s.kind, s.outcome, s.total_tokens as total
       from completion_request r left join completion_settlement s on s.request_id = r.id`,
  );
  return rows.map(({ call, id, kind, outcome, total }) => ({
    call: Number(call),
    requestId: `cmp_${id.replaceAll('-', '')}`,
    kind,
    outcome,
    totalTokens: total === null ? null : Number(total),
  }));
}

/** Rows of different tables that do not belong together; every count should be 0. */
async function contradictions(): Promise<Record<string, number>> {
  const rows = await subject.query<Record<string, string>>(`
    select
      (select count(*) from completion_settlement s where not exists (select from completion_request r where r.id = s.request_id)) as settled_without_start,
      (select count(*) from completion_attempt a where not exists (select from completion_attempt_settlement t where t.attempt_id = a.id)) as attempts_left_open,
      (select count(*) from completion_attempt_settlement t where not exists (select from completion_attempt a where a.id = t.attempt_id)) as attempts_never_started,
      (select count(*) from (select request_id, ordinal from completion_attempt group by 1, 2 having count(*) > 1) d) as attempts_doubled,
      (select count(*) from completion_settlement s
        where s.total_tokens <> coalesce((select sum(t.total_tokens) from completion_attempt_settlement t where t.request_id = s.request_id), 0)) as sums_that_differ`);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, count]) => [name, Number(count)]));
}

function judge(findings: HistoryFindings, accounting: Accounting, strays: Record<string, number>): boolean {
  if (isControl) {
    const isCaught = findings.lost.length > 0;
    say(isCaught ? 'control: the loss was caught' : 'control: NOTHING was lost, so this drill proves nothing');
    return isCaught;
  }
  const isExact =
    accounting.isBalanced &&
    accounting.inFlight === '0' &&
    accounting.unexplained === '0' &&
    Object.values(strays).every((count) => count === 0);
  say(isClean(findings) && isExact ? 'passed' : 'FAILED');
  return isClean(findings) && isExact;
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) => new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))),
    ),
  );
  for (const server of servers) server.close();
  return ports as [number, number];
}
