import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../../server/src/kernel/clock/index.ts';
import { MemoryCoordination, type Coordination } from '../../server/src/kernel/coordination/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import type { EgressRules } from '../../server/src/kernel/http-client/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import {
  connectProviders,
  openProviderManagement,
  type CallContext,
  type CompletionResult,
  type ConnectAccountInput,
  type Deployment,
  type NamedConnection,
  type ProviderManagement,
  type ProvidersDeps,
  type Tenant,
} from '../../server/src/modules/providers/index.ts';
import type { TestDatabase } from './database.ts';
import { openHttpClient } from './http-client.ts';
import { errorBody, plainBody, sendJson, serveUpstream, type Upstream } from './upstream.ts';

export const ids = createIds(systemClock);
const log = createLogger({ level: 'silent' });

/** A process's management of providers, over real PostgreSQL and real sockets. */
export interface TestManagement extends ProviderManagement, AsyncDisposable {}

export interface ManagementOptions {
  /** Default: one that all of a test file share. */
  readonly encryptionKey?: Secret;
  readonly coordination?: Coordination;
  readonly clock?: Clock;
  /** Default: every loopback origin that is named. */
  readonly privateOrigins?: readonly string[];
  readonly shared?: Partial<Pick<ProvidersDeps, 'connections' | 'accounts'>>;
  readonly aliases?: Parameters<typeof openProviderManagement>[0]['aliases'];
  /** Addresses of names, in the place of the system's resolver. */
  readonly resolve?: EgressRules['resolve'];
}

export function newEncryptionKey(): Secret {
  return new Secret(randomBytes(32).toString('base64url'));
}

const key = newEncryptionKey();

export async function openManagement(database: TestDatabase, options: ManagementOptions = {}): Promise<TestManagement> {
  const { clock = systemClock, coordination = new MemoryCoordination({ clock: systemClock }) } = options;
  const httpClient = openHttpClient(options.resolve === undefined ? {} : { egress: { resolve: options.resolve } });
  const shared = connectProviders({ connections: [], httpClient, clock, log, ids, ...options.shared });
  const management = await openProviderManagement({
    pool: database.pools.general,
    shared,
    aliases: options.aliases ?? [],
    encryptionKey: { dataDir: '/nowhere', given: options.encryptionKey ?? key },
    privateOrigins: options.privateOrigins ?? [],
    coordination,
    httpClient,
    ids,
    clock,
    log,
  });
  return {
    ...management,
    [Symbol.asyncDispose]: async () => {
      await management.close();
      await httpClient[Symbol.asyncDispose]();
    },
  };
}

export function newTenant(): Tenant {
  return { organizationId: ids.uuidv7(), projectId: ids.uuidv7() };
}

/** Deployments of a model for a project; none where it cannot be called. */
export function deploymentsOf({ providers }: ProviderManagement, model: string, { projectId }: Tenant): readonly Deployment[] {
  const resolution = providers.resolve(model, projectId);
  return resolution.kind === 'found' ? resolution.deployments : [];
}

/** Says hello by a deployment, as the request path would: held meanwhile, and told how it went. */
export async function callBy({ provider, upstreamModel, credential }: Deployment): Promise<CompletionResult> {
  const release = credential?.hold();
  const context: CallContext = {
    attemptId: ids.uuidv7(),
    signal: AbortSignal.timeout(20_000),
    remainingMs: 20_000,
    traceHeaders: {},
  };
  try {
    const result = await provider.complete({
      model: upstreamModel,
      request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }] }),
      wire: null,
      context,
    });
    credential?.succeeded(result.upstream);
    return result;
  } finally {
    release?.();
  }
}

export const GOOD_KEY = 'marker-of-a-secret-good-1111';
export const OTHER_KEY = 'marker-of-a-secret-other-2222';
/** Part of every secret of these tests: it must be found nowhere outside. */
export const SECRET_MARKER = 'marker-of-a-secret';

export interface KeyedUpstream extends Upstream {
  /** Keys that it takes; it may be changed. */
  readonly accepted: Set<string>;
  readonly origin: string;
}

/** A provider of the OpenAI wire that answers with the last four characters of the key it was called with. */
export async function serveKeyedUpstream(keys: readonly string[] = [GOOD_KEY, OTHER_KEY]): Promise<KeyedUpstream> {
  const accepted = new Set(keys);
  const upstream = await serveUpstream('openai', (response, { headers, path }) => {
    const key = (headers.authorization ?? '').slice('Bearer '.length);
    if (!accepted.has(key))
      sendJson(
        response,
        401,
        errorBody('openai', { message: `Incorrect API key: ${key}`, type: 'invalid_request_error', code: 'invalid_api_key' }),
      );
    else if (path.endsWith('/models'))
      sendJson(response, 200, { data: [{ id: 'gpt-4.1-mini' }, { id: 'house-model', context_length: 4096 }] });
    else
      sendJson(response, 200, plainBody('openai', `by ${key.slice(-4)}`), {
        'x-ratelimit-limit-requests': '100',
        'x-ratelimit-remaining-requests': '99',
        'x-ratelimit-reset-requests': '1s',
      });
  });
  return Object.assign(upstream, { accepted, origin: new URL(upstream.baseUrl).origin });
}

/** What connects an account at `upstream`, unless `overrides` say otherwise. */
export function accountInput(upstream: Upstream, overrides: Partial<ConnectAccountInput> = {}): ConnectAccountInput {
  return {
    vendorId: 'openai',
    providerId: null,
    displayName: null,
    baseUrl: upstream.baseUrl,
    settings: {},
    headers: [],
    models: [],
    secrets: { apiKey: GOOD_KEY },
    credentialName: null,
    ...overrides,
  };
}

/** An account of the environment at `upstream`. */
export function writtenConnection(upstream: Upstream, key: string): NamedConnection {
  return {
    vendorId: 'openai',
    models: [],
    connection: {
      providerId: 'openai',
      displayName: 'OpenAI',
      baseUrl: upstream.baseUrl,
      settings: {},
      secrets: { apiKey: new Secret(key) },
      headers: {},
      egress: 'operator',
    },
  };
}

/** What a call answers that is served by the first deployment; null where nothing serves the model. */
export async function textBy(management: ProviderManagement, model: string, tenant: Tenant): Promise<string | null> {
  const [deployment] = deploymentsOf(management, model, tenant);
  return deployment === undefined ? null : ((await callBy(deployment)).choices[0]?.text ?? null);
}
