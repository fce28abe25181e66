import type { ExecutableDocument } from './document.ts';
import { GeneratedOperations } from './generated.ts';
import { executeOverHttp } from './http.transport.ts';
import type { RequestOptions, SubscribeOptions } from './operations.ts';
import { resolveSettings } from './settings.ts';
import type { ClientOptions, ClientSettings } from './settings.ts';
import { subscribeOverSse } from './sse.transport.ts';
import { subscribeOverWebsocket } from './websocket.transport.ts';

/**
 * Client of an Antiphon server. Without options it takes `ANTIPHON_API_KEY` and `ANTIPHON_BASE_URL` from the environment.
 *
 * Methods such as `completionCreate` run the operations of this package and throw for every failure, those a payload reports included;
 * `execute` and `subscribe` run your own.
 */
export class AntiphonClient extends GeneratedOperations {
  readonly #settings: ClientSettings;

  constructor(options: ClientOptions = {}) {
    super();
    this.#settings = resolveSettings(options);
  }

  override async execute<TResult, TVariables extends object>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    options: RequestOptions = {},
  ): Promise<TResult> {
    const request = { query: document.toString(), variables };
    const timeoutMs = options.timeoutMs ?? this.#settings.timeoutMs;
    return (await executeOverHttp(this.#settings, request, options.signal, timeoutMs)) as TResult;
  }

  override async *subscribe<TResult, TVariables extends object>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    options: SubscribeOptions = {},
  ): AsyncGenerator<TResult, void, undefined> {
    const request = { query: document.toString(), variables };
    const open = options.transport === 'ws' ? subscribeOverWebsocket : subscribeOverSse;
    for await (const data of open(this.#settings, request, options.signal)) yield data as TResult;
  }
}
