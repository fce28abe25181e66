import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { renderClientsPage } from './clients-page.content.ts';
import { isWhole, toClientResults, type ClientResult, type RanTest } from './results.ts';

const PAGE = new URL('../../docs/clients.md', import.meta.url);
/** A run of some tests only says nothing of the others. */
const KINDS = ['JavaScript', 'Python', 'agent'] as const;

/** Beside the usual report: which client did what, and the page that tells it when the run was whole. */
// oxlint-disable-next-line import/no-default-export -- the test runner takes a reporter by its path no other way
export default class ClientsReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map(toRanTest));
    const results = toClientResults(tests);
    for (const { kind, name } of results.filter(({ isInstalled }) => !isInstalled))
      process.stdout.write(`skipped, because it is not installed: ${kind} ${name}\n`);
    process.stdout.write(`${summaryOf(results)}\n`);
    if (!isWhole(results) || KINDS.some((kind) => results.every((result) => result.kind !== kind))) return;
    const options = await resolveConfig(PAGE);
    const page = await format(renderClientsPage(results), { ...options, parser: 'markdown' });
    if (page === (await readFile(PAGE, 'utf8').catch(() => ''))) return;
    await writeFile(PAGE, page);
    process.stdout.write('docs/clients.md is written anew.\n');
  }
}

function summaryOf(results: readonly ClientResult[]): string {
  const failed = results.filter(({ scenarios }) => [...scenarios.values()].flat().includes('failed'));
  const installed = results.filter(({ isInstalled }) => isInstalled).length;
  const note = failed.length === 0 ? '' : `: ${failed.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`;
  return `${installed} of ${results.length} clients were run, ${failed.length} failed${note}`;
}

function toRanTest(test: TestCase): RanTest {
  const names = [test.name];
  for (let { parent } = test as { parent: { type: string; name?: string; parent?: unknown } }; parent.type === 'suite';) {
    names.unshift(parent.name ?? '');
    parent = parent.parent as typeof parent;
  }
  return { names, state: test.result().state };
}
