import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Finding {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MISTAKES = fileURLToPath(new URL('__fixtures__/mistakes', import.meta.url));
let folder: string;

/** The mistakes stand in a folder of their own, because the repository's lint passes over fixtures. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antiphon-lint-'));
  await cp(MISTAKES, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function lint(change: (config: Record<string, unknown>) => void = () => undefined): Promise<string[]> {
  const config = JSON.parse(await readFile(join(ROOT, '.oxlintrc.json'), 'utf8')) as Record<string, unknown>;
  config['jsPlugins'] = [join(ROOT, 'tools/lint/antiphon.ts')];
  config['options'] = { typeAware: false };
  change(config);
  await writeFile(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format=json'], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: Finding[] };
  return diagnostics.map(({ code, filename, labels }) => `${filename}:${labels[0]?.span.line ?? 0} ${code}`).toSorted();
}

const AMBIENT = 'server/src/modules/ledger/ambient.ts';
const expected = [
  'server/src/kernel/http-client/reaches-further.ts:1 eslint(no-restricted-imports)',
  'server/src/kernel/http-client/reaches-further.ts:3 antiphon(no-ambient-time-or-chance)',
  ...[1, 2, 3, 4, 5].map((line) => `${AMBIENT}:${line} eslint(no-restricted-imports)`),
  // Line 10 makes a date of a given instant, which is fine.
  ...[7, 8, 9, 11, 12, 13].map((line) => `${AMBIENT}:${line} antiphon(no-ambient-time-or-chance)`),
  `${AMBIENT}:14 node(no-process-env)`,
  `${AMBIENT}:15 eslint(no-restricted-globals)`,
  `${AMBIENT}:17 eslint(no-console)`,
  `${AMBIENT}:18 import(no-default-export)`,
];

describe('lint rules of our own', () => {
  it('catch time, chance, sockets and the environment where they may not be, and nowhere else', async () => {
    expect(await lint()).toEqual(expected.toSorted());
  });

  it('find none of it when they are off', async () => {
    const found = await lint((config) => {
      config['rules'] = {};
      config['overrides'] = [];
      config['categories'] = {};
    });
    expect(found).toEqual([]);
  });
});
