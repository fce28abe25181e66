import pg from 'pg';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { MemoryCoordination } from '../../server/src/kernel/coordination/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { createCompletions, type CompletionCall, type CompletionsModule } from '../../server/src/modules/completions/index.ts';
import { AdmissionService, type Principal } from '../../server/src/modules/identity/index.ts';
import { IdempotencyStore, type Ledger } from '../../server/src/modules/ledger/index.ts';
import {
  createProviders,
  loadCatalogue,
  type Choice,
  type CompletionRequest,
  type CompletionResult,
  type Provider,
  type Providers,
  type StreamPart,
  type UpstreamResponse,
  type Usage,
} from '../../server/src/modules/providers/index.ts';
import { LOCAL_ECHO_CAPABILITIES } from '../../server/src/modules/providers/adapters/local-echo/index.ts';
import { Router } from '../../server/src/modules/routing/index.ts';
import { openHttpClient } from './http-client.ts';
import { MemoryLedger } from './memory-ledger.ts';

export const ids = createIds(systemClock);
export const UPSTREAM: UpstreamResponse = { httpStatus: 200, requestId: 'req_upstream', headers: {} };
/** What a token costs at `first/model` and `second/model`. */
export const INPUT_NANO_USD = 1000n;
export const OUTPUT_NANO_USD = 2000n;

/** A provider as a test wants it to behave. */
export function scripted(id: string, behaviour: Partial<Omit<Provider, 'id'>>): Provider {
  const missing = (): Promise<never> => Promise.reject(new Error(`${id} was not expected to be called this way`));
  return {
    id,
    displayName: id,
    capabilities: LOCAL_ECHO_CAPABILITIES,
    dialects: [],
    complete: missing,
    stream: missing,
    probe: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...behaviour,
  };
}

/** A provider that streams these parts and then ends, or throws what stands among them. */
export function streaming(id: string, parts: readonly (StreamPart | Error)[]): Provider {
  return scripted(id, {
    stream: async (_call, sink) => {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        await sink.part(part);
      }
    },
  });
}

export function usage(inputTokens: number, outputTokens: number): Usage {
  return {
    inputTokens,
    outputTokens,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + outputTokens,
    raw: null,
  };
}

export const responseStart: StreamPart = {
  type: 'response-start',
  id: 'answer-1',
  model: 'model',
  createdAtSeconds: 1,
  systemFingerprint: null,
  serviceTier: null,
  upstream: UPSTREAM,
  warnings: [],
};
export const text = (value: string): StreamPart => ({ type: 'text-delta', choice: 0, text: value });
export const finish: StreamPart = { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' };
export const counted = (input: number, output: number): StreamPart => ({ type: 'usage', usage: usage(input, output) });

export function wholeResult(content: string, counts: Usage | null): CompletionResult {
  const choice: Choice = {
    index: 0,
    text: content,
    reasoning: [],
    refusal: null,
    toolCalls: [],
    logprobs: null,
    finishReason: 'stop',
    rawFinishReason: 'stop',
    extra: {},
  };
  return {
    id: 'answer-1',
    model: 'model',
    createdAtSeconds: 1,
    choices: [choice],
    usage: counts,
    serviceTier: null,
    systemFingerprint: null,
    upstream: UPSTREAM,
    warnings: [],
    wire: null,
  };
}

function catalogueOf(providerId: string): Parameters<typeof loadCatalogue>[0] {
  const perMillion = (rate: bigint): number => Number(rate * 1_000_000n);
  const nanoUsdPerMillion = { input: perMillion(INPUT_NANO_USD), output: perMillion(OUTPUT_NANO_USD) };
  return [
    {
      providerId,
      displayName: providerId,
      models: [
        {
          model: 'model',
          displayName: 'Model',
          contextTokens: 1000,
          maxOutputTokens: 100,
          input: ['text'],
          abilities: ['tools'],
          prices: [{ effectiveFrom: '2020-01-01', source: 'test', nanoUsdPerMillion }],
        },
      ],
    },
  ];
}

export interface ServedModel extends AsyncDisposable, CompletionsModule {
  readonly providers: Providers;
}

export interface ServeModelOptions {
  /** Serve the model `model`, the first one first; `first` and `second` have prices, others none. */
  readonly providers: readonly Provider[];
  readonly ledger: Pick<Ledger, 'writer' | 'idempotency'>;
  readonly settings?: { readonly recordPayloads?: boolean; readonly payloadMaxBytes?: number; readonly requestDeadlineMs?: number };
  readonly limits?: { readonly requestsPerMinute?: number; readonly concurrency?: number };
}

/** The request path as the server builds it, over scripted providers. */
export function serveModel({ providers: scriptedProviders, ledger, settings, limits }: ServeModelOptions): ServedModel {
  const log = createLogger({ level: 'silent' });
  const clock = systemClock;
  const httpClient = openHttpClient();
  const providers = createProviders({
    connections: [],
    httpClient,
    clock,
    log,
    extraProviders: scriptedProviders.map((provider) => ({ provider, models: ['model'] })),
    catalogue: loadCatalogue([...(catalogueOf('first') ?? []), ...(catalogueOf('second') ?? [])]),
  });
  const module = createCompletions({
    admission: new AdmissionService(new MemoryCoordination({ clock }), {
      defaultRequestsPerMinute: limits?.requestsPerMinute ?? 1_000_000,
      defaultConcurrency: limits?.concurrency ?? 1000,
    }),
    ledger,
    router: new Router(providers),
    providers,
    settings: {
      requestDeadlineMs: settings?.requestDeadlineMs ?? 60_000,
      streamDeadlineMs: settings?.requestDeadlineMs ?? 60_000,
      recordPayloads: settings?.recordPayloads ?? true,
      payloadMaxBytes: settings?.payloadMaxBytes ?? 64 * 1024,
    },
    clock,
    ids,
    log,
  });
  return {
    ...module,
    providers,
    [Symbol.asyncDispose]: async () => {
      await module.recorder.close();
      await providers.close();
      await httpClient[Symbol.asyncDispose]();
    },
  };
}

export interface TestCompletions extends ServedModel {
  readonly ledger: MemoryLedger;
}

/** The same over a ledger in memory, whose commits the test decides about. */
export function openCompletions({
  ledger = new MemoryLedger(),
  ...options
}: Omit<ServeModelOptions, 'ledger'> & { readonly ledger?: MemoryLedger }): TestCompletions {
  // The store opens no connection before a key is claimed.
  const idempotency = new IdempotencyStore(new pg.Pool(), () => true);
  return { ...serveModel({ ...options, ledger: { writer: ledger, idempotency } }), ledger };
}

export const principal: Principal = {
  organizationId: ids.uuidv7(),
  projectId: ids.uuidv7(),
  apiKeyId: ids.uuidv7(),
  scopes: new Set(['COMPLETIONS_WRITE']),
  requestsPerMinute: null,
  concurrency: null,
};

/** A call for `model` that says hello, unless `overrides` say otherwise. */
export function callOf(overrides: Partial<CompletionCall> = {}): CompletionCall {
  const request: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }] };
  const json = '{"model":"model","messages":[{"role":"user","content":"Say hello."}]}';
  return {
    id: ids.uuidv7(),
    principal,
    door: 'OPENAI',
    operation: 'CHAT',
    model: 'model',
    isStreaming: false,
    request: () => request,
    task: null,
    wire: null,
    input: { format: 'openai-chat', json, sizeBytes: Buffer.byteLength(json) },
    maxOutputTokens: null,
    choiceCount: 1,
    maxCostNanoUsd: null,
    idempotencyKey: null,
    metadataJson: null,
    deadlineMs: null,
    onDisconnect: 'cancel',
    callerSignal: new AbortController().signal,
    traceHeaders: {},
    receivedAtMonotonicMs: systemClock.monotonicMs(),
    receivedAtMs: systemClock.nowMs(),
    ...overrides,
  };
}
