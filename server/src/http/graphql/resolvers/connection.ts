import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { PageInfo } from '../../../generated/schema.ts';
import { DEFAULT_PAGE_SIZE } from '../executor/index.ts';

const MAX_PAGE_SIZE = 100;

/** The arguments that every connection has. */
export interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Which page is asked for. */
export interface Page {
  readonly size: number;
  /** Which end of the list it is counted from. */
  readonly end: 'front' | 'back';
  readonly after: string | null;
  readonly before: string | null;
}

/** Throws INVALID_INPUT when both sizes are given or one is out of its bounds. */
export function readPage({ first, after, last, before }: ConnectionArguments): Page {
  if (first != null && last != null) throw new AntiphonError('INVALID_INPUT', 'Give either first or last, not both.', { path: ['last'] });
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE)
    throw new AntiphonError('INVALID_INPUT', `A page has 1 to ${MAX_PAGE_SIZE} items.`, { path: [last == null ? 'first' : 'last'] });
  return { size, end: last == null ? 'front' : 'back', after: after ?? null, before: before ?? null };
}

export function invalidCursor(argument: 'after' | 'before'): AntiphonError {
  return new AntiphonError('INVALID_INPUT', 'This is not a cursor of this list. Take cursors from pageInfo or edges.', {
    path: [argument],
  });
}

/** A page of a list that is in memory and ordered by `idOf`, with positions that stay right while the list changes. */
export function pageOf<Item>(
  items: readonly Item[],
  page: Page,
  idOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly hasNextPage: boolean; readonly hasPreviousPage: boolean } {
  const after = page.after === null ? null : parseCursor(page.after, 'after');
  const before = page.before === null ? null : parseCursor(page.before, 'before');
  const within = items.filter((item) => (after === null || idOf(item) > after) && (before === null || idOf(item) < before));
  const chosen = page.end === 'front' ? within.slice(0, page.size) : within.slice(-page.size);
  const hasMore = within.length > chosen.length;
  const [first, last] = [items[0], items.at(-1)];
  return {
    items: chosen,
    hasNextPage: page.end === 'front' ? hasMore : before !== null && last !== undefined && idOf(last) >= before,
    hasPreviousPage: page.end === 'back' ? hasMore : after !== null && first !== undefined && idOf(first) <= after,
  };
}

export function toCursor(id: string): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}

function parseCursor(cursor: string, argument: 'after' | 'before'): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (toCursor(id) !== cursor) throw invalidCursor(argument);
  return id;
}

export function toPageInfo(
  edges: readonly { readonly cursor: string }[],
  has: { hasNextPage: boolean; hasPreviousPage: boolean },
): PageInfo {
  return {
    hasNextPage: has.hasNextPage,
    hasPreviousPage: has.hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}
