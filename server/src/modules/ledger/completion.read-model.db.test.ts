import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, recordCall, sampleCall, startTestLedger, type SampleCall, type TestLedger } from '../../../../test/testkit/ledger.ts';
import { toListStatement, type CompletionPageQuery } from './completion.read-model.ts';

let database: TestDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await startTestLedger(database.pools);
});
afterAll(async () => {
  await ledger[Symbol.asyncDispose]();
  await database.drop();
});

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

describe('the list of completions', () => {
  const projectId = ids.uuidv7();
  const calls: SampleCall[] = [];
  const newestFirst = (): string[] => calls.map(({ request }) => request.id).reverse();

  beforeAll(async () => {
    for (let index = 0; index < 9; index++) {
      const call = sampleCall({ projectId, startedAtMs: Date.UTC(2026, 2, 1, index) });
      calls.push(call);
      const request = {
        ...call.request,
        requestedModel: `model-${index % 3}`,
        door: index % 2 === 0 ? ('OPENAI' as const) : ('GRAPHQL' as const),
      };
      await ledger.writer.start(request, { ...call.attempt, providerId: index < 4 ? 'anthropic' : 'openai' }, null);
      const outcome = index === 5 ? ('FAILED' as const) : ('SUCCEEDED' as const);
      if (index !== 8) await ledger.writer.settle([{ ...call.attemptSettled, outcome }], { ...call.requestSettled, outcome }, null);
    }
    await recordCall(ledger, sampleCall());
  });

  const list = (query: Partial<CompletionPageQuery>) =>
    ledger.completions.listCompletions(projectId, { limit: 100, end: 'newest', ...query });

  it('goes page by page from the newest, without gap or repeat', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ; after = seen.at(-1)) {
      const page = await list({ limit: 4, ...(after === undefined ? {} : { after }) });
      seen.push(...idsOf(page.items));
      if (!page.hasMore) break;
    }
    expect(seen).toEqual(newestFirst());
  });

  it('goes page by page from the oldest, each page newest first', async () => {
    const page = await list({ limit: 4, end: 'oldest' });
    expect(idsOf(page.items)).toEqual(newestFirst().slice(5));
    expect(page.hasMore).toBe(true);
    const next = await list({ limit: 5, end: 'oldest', before: page.items[0]?.id ?? '' });
    expect(idsOf(next.items)).toEqual(newestFirst().slice(0, 5));
    expect(next.hasMore).toBe(false);
  });

  it('takes the page between two cursors', async () => {
    const all = newestFirst();
    expect(idsOf((await list({ after: all[1] ?? '', before: all[5] ?? '' })).items)).toEqual(all.slice(2, 5));
  });

  it.each([
    { filter: { model: 'model-1' }, expected: [7, 4, 1] },
    { filter: { door: 'GRAPHQL' as const }, expected: [7, 5, 3, 1] },
    { filter: { status: 'IN_FLIGHT' as const }, expected: [8] },
    { filter: { status: 'SETTLED' as const, outcome: 'FAILED' as const }, expected: [5] },
    { filter: { status: 'ABANDONED' as const }, expected: [] },
    { filter: { providerId: 'anthropic' }, expected: [3, 2, 1, 0] },
  ])('holds to $filter', async ({ filter, expected }) => {
    const page = await list({ filter });
    expect(idsOf(page.items)).toEqual(expected.map((index) => calls[index]?.request.id));
  });

  it('holds to a range of start times', async () => {
    // Ids carry the time in which they were made; these calls say that they started earlier, so the range is told by ids of now.
    const project = ids.uuidv7();
    const made = [sampleCall({ projectId: project }), sampleCall({ projectId: project })] as const;
    for (const call of made) await recordCall(ledger, call);
    const fromMs = made[0].request.startedAtMs;
    const within = await ledger.completions.listCompletions(project, {
      limit: 9,
      end: 'newest',
      filter: { startedFromMs: fromMs, startedToMs: fromMs + 60_000 },
    });
    expect(within.items).toHaveLength(2);
    const before = await ledger.completions.listCompletions(project, { limit: 9, end: 'newest', filter: { startedToMs: fromMs } });
    expect(before.items).toHaveLength(0);
  });

  it('loads attempts of a whole page with one more statement', async () => {
    const { pools } = database;
    let statements = 0;
    const query = pools.general.query.bind(pools.general);
    const counted = Object.assign(Object.create(pools.general) as typeof pools.general, {
      query: (...parameters: Parameters<typeof query>) => {
        statements++;
        return query(...parameters);
      },
    });
    const { CompletionReadModel } = await import('./completion.read-model.ts');
    const page = await new CompletionReadModel(counted).listCompletions(projectId, { limit: 100, end: 'newest' });
    expect(page.items.every(({ attempts }) => attempts.length === 1)).toBe(true);
    expect(statements).toBe(2);
  });
});

describe('among a hundred thousand completions', () => {
  const projectId = ids.uuidv7();

  beforeAll(async () => {
    // 50 projects; ids in the order of time, like ours.
    const project = `case when g % 50 = 0 then '${projectId}'::uuid else ('00000000-0000-7000-8000-' || lpad((g % 50)::text, 12, '0'))::uuid end`;
    const id = `('0190' || lpad(to_hex(g), 4, '0') || '-' || lpad(to_hex(g / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid`;
    const pool = database.pools.general;
    await pool.query(`insert into completion_request select ${id}, '${ids.uuidv7()}', ${project}, null, '${ids.uuidv7()}', 'OPENAI', 'CHAT', 'm' || g % 7, false,
      null, null, null, now() - g * interval '1 second' from generate_series(1, 100000) g`);
    await pool.query(
      `insert into completion_attempt select id, id, 1, 'openai', 'm', started_at from completion_request on conflict do nothing`,
    );
    const zeros = '0, 0, 0, 0, 0, 0, 0, 0, 0';
    await pool.query(`insert into completion_settlement select id, 'SETTLED', 'SUCCEEDED', 'ACTUAL', null, null, id, 'STOP', null, ${zeros}, 5, null, 1, 1, started_at
      from completion_request on conflict do nothing`);
    await pool.query(`insert into completion_attempt_settlement select id, id, 'SUCCEEDED', 'ACTUAL', null, 200, null, ${zeros}, 5, 'p', null, 1, started_at
      from completion_request on conflict do nothing`);
    await pool.query('analyze completion_request, completion_settlement, completion_attempt, completion_attempt_settlement');
  }, 120_000);

  async function planOf(text: string, values: unknown[]): Promise<{ rows: number; scans: string[] }> {
    const { rows } = await database.pools.general.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    const scans: string[] = [];
    let read = 0;
    const walk = (node: PlanNode): void => {
      if (node['Relation Name'] !== undefined) {
        scans.push(`${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}`);
        read += (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
      }
      for (const child of node.Plans ?? []) walk(child);
    };
    walk((rows[0] as { 'QUERY PLAN': [{ Plan: PlanNode }] })['QUERY PLAN'][0].Plan);
    return { rows: read, scans };
  }

  it.each([
    { name: 'the newest page', query: { limit: 20, end: 'newest' }, mostRows: 50 },
    { name: 'a page by model', query: { limit: 20, end: 'newest', filter: { model: 'm3' } }, mostRows: 400 },
    {
      name: 'a page by provider',
      query: { limit: 20, end: 'newest', filter: { providerId: 'openai', outcome: 'SUCCEEDED' } },
      mostRows: 100,
    },
    { name: 'the oldest page', query: { limit: 20, end: 'oldest' }, mostRows: 50 },
  ] as const)('reads $name by index, and little more than it shows', async ({ query, mostRows }) => {
    const { text, values } = toListStatement(projectId, query);
    const { rows, scans } = await planOf(text, values);
    expect(scans).toContainEqual(expect.stringMatching(/^Index (Only )?Scan completion_request_project/));
    expect(scans.filter((scan) => scan.startsWith('Seq Scan'))).toEqual([]);
    expect(rows).toBeLessThanOrEqual(mostRows);
  });

  it('finds one of them by its key', async () => {
    const page = await ledger.completions.listCompletions(projectId, { limit: 1, end: 'newest' });
    const id = page.items[0]?.id ?? '';
    expect((await ledger.completions.findCompletion(projectId, id))?.id).toBe(id);
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}
