import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anthropicDialect } from '../../server/src/http/anthropic/anthropic.dialect.ts';
import { geminiDialect } from '../../server/src/http/gemini/gemini.dialect.ts';
import type { WireDialect } from '../../server/src/http/wire/wire-dialect.ts';
import { configVariables } from '../../server/src/kernel/config/index.ts';
import { AntiphonError, errorCatalogue, type ErrorCode } from '../../server/src/kernel/errors/index.ts';
import { toCallerError } from '../../server/src/modules/completions/index.ts';
import { ProviderError, VENDORS, type ProviderErrorClass } from '../../server/src/modules/providers/index.ts';
import { toMermaid } from '../../tools/boundaries/module-edges.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
/** Cells of the table rows of a page, without the padding that the formatter adds. */
const rowsOf = (page: string): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

describe('docs', () => {
  it('list every setting with its default, and no other', () => {
    const rows = rowsOf(read('operations/configuration.md')).filter(([name]) => name?.startsWith('`'));
    expect(rows.map(([name, , fallback]) => [name, fallback])).toEqual(
      configVariables(VENDORS).map(({ name, fallback }) => [`\`${name}\``, fallback === null ? '—' : `\`${fallback}\``]),
    );
  });

  it('show every error code as the catalogue decides it', () => {
    const rows = rowsOf(read('errors.md')).filter(([code]) => code !== undefined && /^`[A-Z_]+`$/.test(code));
    expect(rows).toEqual(
      Object.entries(errorCatalogue).map(([code, { httpStatus, graphql, openAi, retry }]) => [
        `\`${code}\``,
        code === 'CANCELLED' ? '—' : String(httpStatus),
        graphql,
        `\`${openAi.type}\` / \`${openAi.code}\``,
        retry,
      ]),
    );
  });

  it('show every error code as the other wires tell it', () => {
    const told = (dialect: WireDialect, code: ErrorCode): string => {
      const error = new AntiphonError(code, 'x');
      const httpStatus = dialect.statusOf(error);
      const body = dialect.toErrorBody(error, { httpStatus, requestId: 'r' }) as { error: { type?: string; status?: string } };
      return `${httpStatus} \`${body.error.status ?? body.error.type ?? ''}\``;
    };
    const rows = rowsOf(read('guides/wires.md')).filter(([code]) => code !== undefined && code in errorCatalogue);
    const shown = (Object.keys(errorCatalogue) as ErrorCode[]).filter((code) => code !== 'CANCELLED');
    expect(rows).toEqual(shown.map((code) => [code, told(anthropicDialect, code), told(geminiDialect, code)]));
  });

  it('tell what each class of a provider’s failure becomes', () => {
    const rows = rowsOf(read('errors.md')).filter(([classes]) => classes !== undefined && /^[a-z-]+(, [a-z-]+)*$/.test(classes));
    const told = rows
      .flatMap(([classes = '', code = '']) => classes.split(', ').map((one) => [one, code] as const))
      .filter(([, code]) => code.startsWith('`'));
    expect(told).toHaveLength(12);
    for (const [errorClass, code] of told)
      expect(`\`${toCallerError(new ProviderError(errorClass as ProviderErrorClass, 'x'), [], 'id').code}\``, errorClass).toBe(code);
  });

  it('draw the modules as the boundary rules know them', () => {
    expect(read('architecture.md')).toContain(toMermaid());
  });
});
