import { AntiphonError } from '../../../kernel/errors/index.ts';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly isForward: boolean;
  /** Keys behind the cursors, or null. */
  readonly after: string | null;
  readonly before: string | null;
}

/** Checks the arguments of a connection. Throws INVALID_INPUT. */
export function readPage(page: PageArguments): PageRequest {
  const { first, last } = page;
  if (first != null && last != null) throw refuse('first', 'Give either "first" or "last", not both.');
  const limit = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAX_PAGE_SIZE) throw refuse(last == null ? 'first' : 'last', `A page has 1 to ${MAX_PAGE_SIZE} entries.`);
  return { limit, isForward: last == null, after: decodeCursor('after', page.after), before: decodeCursor('before', page.before) };
}

export function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

function decodeCursor(name: string, cursor: string | null | undefined): string | null {
  if (cursor == null) return null;
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || encodeCursor(key) !== cursor)
    throw refuse(name, `"${name}" is not a cursor of ours. Use one from an edge or from pageInfo.`);
  return key;
}

function refuse(name: string, message: string): AntiphonError {
  return new AntiphonError('INVALID_INPUT', message, { path: [name] });
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A page as a connection. `hasMore` is about the side away from where the page was taken. */
export function toConnection<Item, Node>(
  items: readonly Item[],
  page: PageRequest,
  hasMore: boolean,
  keyOf: (item: Item) => string,
  toNode: (item: Item) => Node,
): Connection<Node> {
  const edges = items.map((item) => ({ cursor: encodeCursor(keyOf(item)), node: toNode(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.isForward ? hasMore : page.before !== null,
      hasPreviousPage: page.isForward ? page.after !== null : hasMore,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of a short list that is in memory, ordered by key. */
export function pageOfList<Item, Node>(
  all: readonly Item[],
  page: PageRequest,
  keyOf: (item: Item) => string,
  toNode: (item: Item) => Node,
): Connection<Node> & { readonly totalCount: number } {
  const { after, before, limit } = page;
  const between = all.filter((item) => (after === null || keyOf(item) > after) && (before === null || keyOf(item) < before));
  const items = page.isForward ? between.slice(0, limit) : between.slice(-limit);
  return { ...toConnection(items, page, between.length > items.length, keyOf, toNode), totalCount: all.length };
}
