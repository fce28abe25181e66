import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { SCENARIOS } from '../../test/clients/scenarios.ts';
import { renderClientsPage } from './clients-page.content.ts';
import type { Kind } from './results.ts';
import { packageOf, pinnedVersions } from './versions.ts';

const page = await readFile(new URL('../../docs/clients.md', import.meta.url), 'utf8');
const [head = '', python = '', agents = ''] = page.split(/^## (?:Python|Agent programs)$/m);
const SECTIONS: Readonly<Record<Kind, string>> = { JavaScript: head, Python: python, agent: agents.split('## ')[0] ?? '' };
const rowsOf = (section: string): string[][] =>
  [...section.matchAll(/^\| `([^`]+)`\s*\| (.*) \|$/gm)].map(([, name = '', cells = '']) => [
    name,
    ...cells.split('|').map((cell) => cell.trim()),
  ]);

/** Of packages that clients need beside them. */
const NO_CLIENTS = new Set(['@langchain/core', 'ai', 'zod', 'pytest']);

describe('docs/clients.md', () => {
  it.each(['JavaScript', 'Python', 'agent'] satisfies Kind[])('tells of %s in the versions that are pinned', (kind) => {
    const versions = pinnedVersions(kind);
    const rows = rowsOf(SECTIONS[kind]);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const [name = '', version] of rows) expect([name, version]).toEqual([name, versions.get(packageOf(name))]);
  });

  it('has a row for every client that is pinned for it', async () => {
    const manifest = await readFile(new URL('../../test/clients/js/package.json', import.meta.url), 'utf8');
    const javaScript = Object.keys((JSON.parse(manifest) as { dependencies: Record<string, string> }).dependencies);
    const pinned = { JavaScript: javaScript, Python: [...pinnedVersions('Python').keys()], agent: [...pinnedVersions('agent').keys()] };
    for (const kind of ['JavaScript', 'Python', 'agent'] satisfies Kind[]) {
      const told = new Set(rowsOf(SECTIONS[kind]).map(([name = '']) => packageOf(name)));
      expect(pinned[kind].filter((name) => !NO_CLIENTS.has(name) && !told.has(name))).toEqual([]);
    }
  });

  it('was written by a run in which everything passed', () => {
    for (const [, , ...cells] of Object.values(SECTIONS).flatMap(rowsOf)) for (const cell of cells) expect(cell).toMatch(/^(yes \d+|–)$/);
  });
});

describe('the page of a run', () => {
  const scenarios = new Map([
    ['answer', ['passed', 'passed']],
    ['stream', ['passed', 'failed']],
  ] satisfies [keyof typeof SCENARIOS, ('passed' | 'failed')[]][]);

  it('tells what passed, what did not and what is not for a client', () => {
    const written = renderClientsPage([{ kind: 'JavaScript', name: 'groq-sdk', isInstalled: true, scenarios }]);
    const version = pinnedVersions('JavaScript').get('groq-sdk');
    expect(written).toContain(`| \`groq-sdk\` | ${version} | yes 2 | no 2 | – | – | – | – | – | – | – |`);
  });
});
