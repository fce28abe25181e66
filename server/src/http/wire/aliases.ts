import type { Exchange, Handler, Routes } from '../route.ts';

/** The routes of `from` under other beginnings of their paths too. A handler sees the path as it stands in the original table. */
export function aliasRoutes(routes: Routes, from: string, others: readonly string[]): Routes {
  const exact: Record<string, Handler> = {};
  const prefixes: Record<string, Handler> = {};
  for (const other of others) {
    for (const [path, handler] of Object.entries(routes.exact))
      if (path.startsWith(`${from}/`)) exact[other + path.slice(from.length)] = atPath(handler, from, other);
    for (const [prefix, handler] of Object.entries(routes.prefixes ?? {}))
      if (prefix.startsWith(`${from}/`)) prefixes[other + prefix.slice(from.length)] = atPath(handler, from, other);
  }
  return { exact, prefixes };
}

function atPath(handler: Handler, from: string, other: string): Handler {
  const moved = (exchange: Exchange): void | Promise<void> =>
    handler(new MovedExchange(exchange, from + exchange.path.slice(other.length)));
  return Object.assign(moved, handler.methods === undefined ? {} : { methods: handler.methods });
}

/** The same request at another path. */
export class MovedExchange implements Exchange {
  readonly #exchange: Exchange;
  readonly path: string;

  constructor(exchange: Exchange, path: string) {
    this.#exchange = exchange;
    this.path = path;
  }

  get request(): Exchange['request'] {
    return this.#exchange.request;
  }

  get response(): Exchange['response'] {
    return this.#exchange.response;
  }

  get query(): string {
    return this.#exchange.query;
  }

  get requestId(): string {
    return this.#exchange.requestId;
  }

  get receivedAtMs(): number {
    return this.#exchange.receivedAtMs;
  }

  get receivedAtMonotonicMs(): number {
    return this.#exchange.receivedAtMonotonicMs;
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }
}

/** Tables joined; what comes later wins. */
export function joinRoutes(...tables: readonly Routes[]): Routes {
  return {
    exact: Object.assign({}, ...tables.map(({ exact }) => exact)) as Routes['exact'],
    prefixes: Object.assign({}, ...tables.map(({ prefixes }) => prefixes ?? {})) as Routes['exact'],
  };
}
