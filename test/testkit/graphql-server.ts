import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../server/src/app.ts';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { loadConfig } from '../../server/src/kernel/config/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { hashApiKey } from '../../server/src/modules/identity/index.ts';
import { generateApiKey, type Scope } from '../../server/src/modules/identity/index.ts';
import { readOrCreatePepper } from '../../server/src/modules/identity/index.ts';
import { VENDORS } from '../../server/src/modules/providers/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: { readonly data?: unknown; readonly errors?: readonly ShownError[]; readonly extensions?: Record<string, unknown> };
}

export interface ShownError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId: string; readonly retryAfterMs?: number };
}

/** The whole server in this process, over a database of its own. */
export interface GraphqlServer extends AsyncDisposable {
  readonly url: string;
  readonly origin: string;
  /** Holds every permission. */
  readonly apiKey: string;
  readonly database: TestDatabase;
  /** A further key of the same project. */
  createKey(scopes: readonly Scope[]): Promise<string>;
  revokeKey(key: string): Promise<void>;
  /** POSTs an operation in the ordinary way. */
  send(
    operation: unknown,
    options?: { readonly key?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<GraphqlAnswer>;
}

const ids = createIds(systemClock);

export async function startGraphqlServer(env: Readonly<Record<string, string>> = {}): Promise<GraphqlServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'antiphon-graphql-'));
  const apiKey = generateApiKey(ids, 'test').reveal();
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ANTIPHON_DATA_DIR: dataDir,
      ANTIPHON_PORT: '0',
      ANTIPHON_OPS_PORT: '0',
      ANTIPHON_INIT_API_KEY: apiKey,
      ...env,
    },
    VENDORS,
  );
  const app = createApp({ config, log: createLogger({ level: 'silent' }) });
  const banner = await app.start();
  const pepper = readOrCreatePepper(dataDir, ids);

  const createKey = async (scopes: readonly Scope[]): Promise<string> => {
    const key = generateApiKey(ids, 'test').reveal();
    await database.pools.general.query(
      `insert into api_key (id, organization_id, project_id, name, display_prefix, secret_hash, scopes, created_at)
       select $1, organization_id, project_id, 'Another key', $2, $3, $4, now() from api_key limit 1`,
      [ids.uuidv7(), key.slice(0, 14), hashApiKey(pepper, key), [...scopes]],
    );
    return key;
  };
  const revokeKey = async (key: string): Promise<void> => {
    await database.pools.general.query('update api_key set revoked_at = now() where secret_hash = $1', [hashApiKey(pepper, key)]);
  };
  const send: GraphqlServer['send'] = async (operation, { key = apiKey, headers = {} } = {}) => {
    const response = await fetch(banner.graphqlUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...headers,
      },
      body: typeof operation === 'string' ? operation : JSON.stringify(operation),
    });
    return readAnswer(response);
  };
  const stop = async (): Promise<void> => {
    await app.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const { origin } = new URL(banner.graphqlUrl);
  return { url: banner.graphqlUrl, origin, apiKey, database, createKey, revokeKey, send, [Symbol.asyncDispose]: stop };
}

export async function readAnswer(response: Response): Promise<GraphqlAnswer> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, json: headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : {} };
}

/** What a client sees of one completion. */
export const COMPLETION_CREATE = `mutation ($input: CompletionCreateInput!) {
  completionCreate(input: $input) {
    completion { id status outcome output { text } usage { inputTokens outputTokens basis } cost { amountUsd } }
    errors { __typename ... on UserError { message code path } }
  }
}`;

/** An input for `local/echo`; `script` decides what it answers. */
export function echoInput(text: string, script?: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    model: 'local/echo',
    messages: [{ user: { content: { text } } }],
    ...(script === undefined ? {} : { options: { providerOptions: { antiphonEcho: script } } }),
  };
}
