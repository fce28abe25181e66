import { AntiphonError, toAntiphonError } from '../../kernel/errors/index.ts';
import type { Principal, Scope } from '../../modules/identity/index.ts';
import { BodyTooLarge, readBody } from '../body.ts';
import { requireScope } from '../principal.ts';
import type { Exchange, Handler } from '../route.ts';
import { answerError } from './door-answer.ts';
import type { DoorCall, DoorDeps, DoorQuery } from './door-deps.ts';
import { parseJsonBody } from './json-body.ts';
import type { WireDialect } from './wire-dialect.ts';

const HTTP_PAYLOAD_TOO_LARGE = 413;
const HTTP_METHOD_NOT_ALLOWED = 405;

export type Method = 'GET' | 'POST' | 'DELETE';

/** What a path does for one method. */
export interface Endpoint {
  readonly scope: Scope;
  readonly handle: (query: DoorQuery) => void | Promise<void>;
}

/** An endpoint that reads a JSON object first. */
export function withBody(scope: Scope, handle: (call: DoorCall) => void | Promise<void>): Endpoint {
  return {
    scope,
    handle: async (query) => {
      const raw = await readBody(query.exchange.request, query.deps.maxBodyBytes);
      await handle({ ...query, raw, body: parseJsonBody(raw) });
    },
  };
}

/** An endpoint that reads no body. */
export function withoutBody(scope: Scope, handle: (query: DoorQuery) => void | Promise<void>): Endpoint {
  return { scope, handle };
}

/** The one way into a REST door: method, caller, permission, then the endpoint; what goes wrong is counted and told in the dialect. */
export class DoorGuard {
  readonly #deps: DoorDeps;
  readonly #dialect: WireDialect;

  constructor(deps: DoorDeps, dialect: WireDialect) {
    this.#deps = deps;
    this.#dialect = dialect;
  }

  /** A path that takes the methods named. */
  at(endpoints: Readonly<Partial<Record<Method, Endpoint>>>): Handler {
    const methods = Object.keys(endpoints);
    const handler = (exchange: Exchange): void | Promise<void> => {
      const endpoint = (endpoints as Readonly<Record<string, Endpoint | undefined>>)[exchange.request.method ?? ''];
      if (endpoint === undefined) return this.#refuseMethod(exchange, methods.join(', '));
      return this.#guard(exchange, async (query) => {
        requireScope(query.principal, endpoint.scope);
        await endpoint.handle(query);
      });
    };
    return Object.assign(handler, { methods });
  }

  post(scope: Scope, handle: (call: DoorCall) => void | Promise<void>): Handler {
    return this.at({ POST: withBody(scope, handle) });
  }

  get(scope: Scope, handle: (query: DoorQuery) => void | Promise<void>): Handler {
    return this.at({ GET: withoutBody(scope, handle) });
  }

  /** Paths of this dialect at which nothing is served. Told only to callers with a key, like everything else. */
  elsewhere(): Handler {
    const handler = (exchange: Exchange): Promise<void> =>
      this.#guard(exchange, ({ exchange: { path } }) => {
        throw new AntiphonError('NOT_FOUND', `${path.slice(0, 200)} is not served here. GET /openapi.json lists what is.`, {
          resource: 'other',
        });
      });
    return Object.assign(handler, { methods: [] });
  }

  async #guard(exchange: Exchange, handle: (query: DoorQuery) => void | Promise<void>): Promise<void> {
    let principal: Principal | null = null;
    const deps = this.#deps;
    try {
      const read = this.#readPrincipal(exchange);
      principal = read instanceof Promise ? await read : read;
      await handle({ exchange, principal, deps, dialect: this.#dialect });
    } catch (thrown) {
      if (exchange.signal.aborted) exchange.response.destroy();
      const error = toAntiphonError(thrown);
      this.#refuse(exchange, error, error instanceof BodyTooLarge ? HTTP_PAYLOAD_TOO_LARGE : this.#dialect.statusOf(error), principal);
    }
  }

  #readPrincipal({ query, request }: Exchange): Principal | Promise<Principal> {
    const { principals } = this.#deps;
    const { keyParameter } = this.#dialect;
    const key = keyParameter === undefined || query === '' ? null : new URLSearchParams(query).get(keyParameter);
    return key === null ? principals.read(request.headers) : principals.readKey(key);
  }

  #refuseMethod(exchange: Exchange, allowed: string): void {
    const error = new AntiphonError('INVALID_INPUT', `${exchange.path.slice(0, 200)} takes ${allowed} only.`);
    this.#refuse(exchange, error, HTTP_METHOD_NOT_ALLOWED, null, { allow: allowed });
  }

  #refuse(
    exchange: Exchange,
    error: AntiphonError,
    httpStatus: number,
    principal: Principal | null,
    headers?: Readonly<Record<string, string>>,
  ): void {
    const { requestId, receivedAtMs: atMs } = exchange;
    this.#deps.refusals.report({ requestId, door: this.#dialect.door, atMs, error, httpStatus, principal });
    answerError(exchange, this.#dialect, error, { httpStatus, ...(headers === undefined ? {} : { headers }) });
  }
}
