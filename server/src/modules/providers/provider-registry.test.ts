import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../kernel/clock/index.ts';
import { loadConfig } from '../../kernel/config/index.ts';
import { createHttpClient } from '../../kernel/http-client/index.ts';
import { createLogger } from '../../kernel/telemetry/index.ts';
import { createLocalEchoProvider } from './adapters/local-echo/index.ts';
import type { ServedModels } from './composite-provider.ts';
import {
  createProviders,
  toConnections,
  VENDORS,
  type CostBoundQuestion,
  type ModelListing,
  type NamedConnection,
  type Providers,
  type StreamPart,
} from './index.ts';

const AT_MS = Date.UTC(2026, 6, 3);
const log = createLogger({ level: 'silent' });
const httpClient = createHttpClient({ log, clock: systemClock });

function providersFor(environment: Record<string, string>, extraProviders: readonly ServedModels[] = []): Providers {
  const connections = toConnections(loadConfig(environment, VENDORS).providers);
  return createProviders({ connections, httpClient, clock: new ManualClock(AT_MS), log, extraProviders });
}

const NO_TOKENS = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 0,
};

const ALL = {
  OPENAI_API_KEY: 'sk-a',
  ANTHROPIC_API_KEY: 'sk-b',
  ANTIPHON_COMPATIBLE_BASE_URL: 'http://127.0.0.1:9/v1',
  ANTIPHON_COMPATIBLE_MODELS: 'gpt-4.1-mini, meta-llama/Llama-3, my-embedder',
};

function resolved(providers: Providers, model: string): unknown {
  const resolution = providers.resolve(model);
  if (resolution.kind !== 'found') return resolution;
  return resolution.deployments.map(({ modelId, upstreamModel, provider }) => [modelId, upstreamModel, provider.id]);
}

describe('what a model name means', () => {
  const providers = providersFor(ALL);

  it('is one provider when it is written before a slash, also for a model nobody listed', () => {
    expect(resolved(providers, 'openai/gpt-4.1-mini')).toEqual([['openai/gpt-4.1-mini', 'gpt-4.1-mini', 'openai']]);
    expect(resolved(providers, 'openai/gpt-99')).toEqual([['openai/gpt-99', 'gpt-99', 'openai']]);
    expect(resolved(providers, 'compatible/meta-llama/Llama-3')).toEqual([
      ['compatible/meta-llama/Llama-3', 'meta-llama/Llama-3', 'compatible'],
    ]);
    expect(resolved(providers, 'local/echo')).toEqual([['local/echo', 'echo', 'local']]);
  });

  it('is everyone connected who lists it when it stands alone', () => {
    expect(resolved(providers, 'gpt-4.1-mini')).toEqual([
      ['openai/gpt-4.1-mini', 'gpt-4.1-mini', 'openai'],
      ['compatible/gpt-4.1-mini', 'gpt-4.1-mini', 'compatible'],
    ]);
    expect(resolved(providers, 'meta-llama/Llama-3')).toEqual([['compatible/meta-llama/Llama-3', 'meta-llama/Llama-3', 'compatible']]);
    expect(resolved(providers, 'gpt-4.1-mini-2025-04-14')).toEqual([
      ['openai/gpt-4.1-mini-2025-04-14', 'gpt-4.1-mini-2025-04-14', 'openai'],
    ]);
  });

  it('is unknown where nobody serves it, and says what would connect those who do', () => {
    const local = providersFor({});
    for (const name of ['gpt-99', 'nobody/x', 'local/other', 'openai/', '']) expect(resolved(local, name)).toEqual({ kind: 'unknown' });
    const reason = 'Set OPENAI_API_KEY and restart to connect OpenAI.';
    expect(resolved(local, 'gpt-4.1-mini')).toMatchObject({ kind: 'unavailable', reasons: expect.arrayContaining([reason]) });
    expect(resolved(local, 'gpt-4.1-mini')).toHaveProperty(['reasons', 0], reason);
    expect(resolved(local, 'openai/gpt-4.1-mini')).toEqual({ kind: 'unavailable', reasons: [reason] });
    expect(resolved(local, 'local/smollm2')).toMatchObject({ kind: 'unavailable' });
  });
});

describe('lists for callers', () => {
  it('show every known provider with what would connect it', () => {
    const listed = providersFor({ OPENAI_API_KEY: 'sk-a' }).listProviders();
    const ids = listed.map(({ providerId }) => providerId);
    expect(ids).toEqual([...VENDORS.map(({ id }) => id), 'local'].toSorted());
    expect(listed.filter(({ isConnected }) => isConnected).map(({ providerId }) => providerId)).toEqual(['local', 'openai']);
    const hints = Object.fromEntries(listed.map(({ providerId, connectHint }) => [providerId, connectHint]));
    expect(hints).toMatchObject({
      anthropic: 'Set ANTHROPIC_API_KEY and restart to connect Anthropic.',
      compatible: 'Set ANTIPHON_COMPATIBLE_BASE_URL and ANTIPHON_COMPATIBLE_MODELS and restart to connect OpenAI-compatible server.',
      local: null,
      openai: null,
    });
    for (const { isConnected, connectHint } of listed)
      if (!isConnected) expect(connectHint).toMatch(/^Set [A-Z0-9_]+( and [A-Z0-9_]+)* and restart to connect /);
  });

  it('show models in order, available or not', () => {
    const models = providersFor(ALL).listModels(AT_MS);
    const ids = models.map(({ modelId }) => modelId);
    expect(ids).toEqual(ids.toSorted());
    const connected = new Set(['anthropic', 'compatible', 'local', 'openai']);
    const unavailable = models.filter(({ isAvailable, providerId }) => !isAvailable && connected.has(providerId));
    expect(models.filter(({ providerId }) => !connected.has(providerId)).some(({ isAvailable }) => isAvailable)).toBe(false);
    const isResponsesOnly = ({ modelId }: ModelListing): boolean => /-codex|-pro$|-deep-research$/.test(modelId);
    expect(
      unavailable.filter((model) => !isResponsesOnly(model)).map(({ modelId, unavailableReason }) => [modelId, unavailableReason]),
    ).toEqual([['local/smollm2', 'Install it with `npm run component:install -- smollm2` and restart.']]);
    expect(models.find(({ modelId }) => modelId === 'compatible/my-embedder')).toMatchObject({
      kind: 'EMBEDDING',
      price: null,
      isAvailable: true,
    });
    expect(models.find(({ modelId }) => modelId === 'local/echo')?.price).toMatchObject({
      inputNanoUsdPerMillion: 0n,
      outputNanoUsdPerMillion: 0n,
    });
    const unconnected = providersFor({}).listModels(AT_MS);
    expect(unconnected.filter(({ isAvailable }) => isAvailable).map(({ modelId }) => modelId)).toEqual(['local/echo']);
  });

  it('find one model, and none that nobody listed', () => {
    const providers = providersFor(ALL);
    expect(providers.findModel('openai/gpt-4.1-mini', AT_MS)?.price?.version).toBe('openai/gpt-4.1-mini@2026-07-02');
    expect(providers.findModel('openai/gpt-99', AT_MS)).toBeNull();
    expect(providers.findModel('gpt-4.1-mini', AT_MS)).toBeNull();
  });
});

describe('prices and bounds', () => {
  const providers = providersFor(ALL);
  const tokens = { ...NO_TOKENS, inputTokens: 1000, outputTokens: 10, totalTokens: 1010 };

  it('quote the version of the price', () => {
    expect(providers.priceUsage('openai/gpt-4.1-mini', tokens, AT_MS)).toEqual({
      costNanoUsd: 416_000n,
      priceVersion: 'openai/gpt-4.1-mini@2026-07-02',
    });
    expect(providers.priceUsage('local/echo', tokens, AT_MS)).toEqual({ costNanoUsd: 0n, priceVersion: 'local/echo@1970-01-01' });
  });

  it('are unknown, never free, for models without a price', () => {
    expect(providers.priceUsage('compatible/gpt-4.1-mini', tokens, AT_MS)).toBeNull();
    expect(providers.upperBoundNanoUsd('openai/gpt-99', { inputBytes: 1, maxOutputTokens: 1, choiceCount: 1, atMs: AT_MS })).toBeNull();
  });

  it('bound a call by its own limit, else by the model\u2019s, and its input by what the model takes', () => {
    const bound = (question: { inputBytes: number; maxOutputTokens: number | null }): bigint | null =>
      providers.upperBoundNanoUsd('openai/gpt-4.1-mini', { ...question, choiceCount: 1, atMs: AT_MS });
    expect(bound({ inputBytes: 100, maxOutputTokens: 10 })).toBe(100n * 400n + 10n * 1600n + 4n);
    expect(bound({ inputBytes: 100, maxOutputTokens: null })).toBe(100n * 400n + 32_768n * 1600n + 4n);
    expect(bound({ inputBytes: 50_000_000, maxOutputTokens: 0 })).toBe(1_047_576n * 400n + 4n);
    expect(providers.upperBoundNanoUsd('local/echo', { inputBytes: 9, maxOutputTokens: null, choiceCount: 1, atMs: AT_MS })).toBe(0n);
  });
});

describe('a bound', () => {
  const providers = providersFor(ALL);
  const boundOf = (question: Partial<CostBoundQuestion>, modelId = 'openai/gpt-4.1-mini'): bigint | null =>
    providers.upperBoundNanoUsd(modelId, { inputBytes: 100, maxOutputTokens: 0, choiceCount: 1, atMs: AT_MS, ...question });

  it('is the model’s own limit where input can come that is not in the bytes', () => {
    expect(boundOf({ hasHiddenInput: true })).toBe(1_047_576n * 400n + 4n);
    expect(boundOf({ hasHiddenInput: true }, 'openai/gpt-image-2')).toBeNull();
  });

  it('leaves room for what vendors put before tools', () => {
    expect(boundOf({ hasTools: true })).toBe(1124n * 400n + 4n);
  });

  it('counts the dearest service tier that has a price, and is unknown for one that has none', () => {
    expect(boundOf({}, 'openai/gpt-4.1')).toBe(100n * 3500n + 4n);
    expect(boundOf({ serviceTier: 'flex' })).toBe(100n * 400n + 4n);
    expect(boundOf({ serviceTier: 'priority' })).toBeNull();
  });

  it('is far below the cost of a picture where only the bytes of its address are counted (control)', () => {
    const tokens = { ...NO_TOKENS, inputTokens: 36_848, outputTokens: 0, totalTokens: 36_848 };
    const cost = providers.priceUsage('openai/gpt-4.1-mini', tokens, AT_MS)?.costNanoUsd ?? 0n;
    expect((boundOf({}) ?? 0n) < cost).toBe(true);
    expect((boundOf({ hasHiddenInput: true }) ?? 0n) >= cost).toBe(true);
  });
});

describe('providers that share an id', () => {
  it('are told apart by the model', async () => {
    const inner = createLocalEchoProvider({ clock: systemClock });
    const other: ServedModels = {
      provider: { ...inner, stream: (call, sink) => inner.stream({ ...call, model: 'echo' }, sink) },
      models: ['parrot'],
    };
    const providers = providersFor({}, [other]);
    expect(resolved(providers, 'local/parrot')).toEqual([['local/parrot', 'parrot', 'local']]);
    expect(resolved(providers, 'local/echo')).toEqual([['local/echo', 'echo', 'local']]);
    const parts: StreamPart[] = [];
    const call = {
      request: () => ({ messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }] }),
      wire: null,
      context: { attemptId: 'a', signal: new AbortController().signal, remainingMs: 1, traceHeaders: {} },
    };
    await providers.get('local')?.stream({ ...call, model: 'parrot' }, { part: (part) => void parts.push(part) });
    expect(parts.filter(({ type }) => type === 'text-delta')).toEqual([{ type: 'text-delta', choice: 0, text: 'hi' }]);
    await expect(providers.get('local')?.complete({ ...call, model: 'neither' })).rejects.toMatchObject({ errorClass: 'not-found' });
  });
});

describe('connections', () => {
  const [openAi] = toConnections(loadConfig({ OPENAI_API_KEY: 'sk-a' }, VENDORS).providers);
  if (openAi === undefined) throw new Error('the environment connects OpenAI');
  const renamed = (providerId: string, models: readonly string[] = []): NamedConnection => ({
    ...openAi,
    connection: { ...openAi.connection, providerId, displayName: `OpenAI as ${providerId}` },
    models,
  });
  const open = (connections: readonly NamedConnection[]): Providers =>
    createProviders({ connections, httpClient, clock: new ManualClock(AT_MS), log });

  it('of one vendor may stand side by side under names of their own', () => {
    const providers = open([openAi, renamed('openai-eu', ['gpt-4.1-mini'])]);
    expect(resolved(providers, 'openai-eu/gpt-99')).toEqual([['openai-eu/gpt-99', 'gpt-99', 'openai-eu']]);
    expect(resolved(providers, 'gpt-4.1-mini')).toEqual([
      ['openai/gpt-4.1-mini', 'gpt-4.1-mini', 'openai'],
      ['openai-eu/gpt-4.1-mini', 'gpt-4.1-mini', 'openai-eu'],
    ]);
  });

  it('have the limits and prices of their vendor, whatever they are called', () => {
    const providers = open([renamed('openai-eu')]);
    expect(providers.findModel('openai-eu/gpt-4.1-mini', AT_MS)).toMatchObject({
      displayName: 'GPT-4.1 mini',
      contextTokens: 1_047_576,
      price: { version: 'openai/gpt-4.1-mini@2026-07-02' },
    });
    expect(providers.hasModel('openai-eu/gpt-4.1-mini')).toBe(true);
    expect(providers.hasModel('openai-eu/gpt-4.1-mini-2025-04-14')).toBe(false);
    expect(providers.hasModel('nobody/gpt-4.1-mini')).toBe(false);
  });

  it('leave the vendor itself unconnected when only other names are', () => {
    const providers = open([renamed('openai-eu')]);
    expect(providers.get('openai')).toBeUndefined();
    expect(resolved(providers, 'openai/gpt-99')).toMatchObject({ kind: 'unavailable' });
  });

  it('that cannot be made are refused all at once, with what to change', () => {
    const { secrets: _secrets, ...rest } = openAi.connection;
    const keyless: NamedConnection = { vendorId: 'anthropic', connection: { ...rest, providerId: 'keyless', secrets: {} }, models: [] };
    expect(() => open([openAi, openAi, renamed('local'), { ...renamed('other'), vendorId: 'nobody' }, keyless])).toThrow(
      /openai: The name openai is taken.*\n.*local: The name local is taken.*\n.*other: There is no vendor nobody; there are openai.*\n.*keyless: OpenAI needs the setting apiKey/,
    );
  });
});

describe('an account of AWS', () => {
  const providers = providersFor({ AWS_ACCESS_KEY_ID: 'AKIAOFTHETEST', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-central-1' });
  const connected = (of: Providers): string[] =>
    of.listProviders().flatMap(({ providerId, isConnected }) => (isConnected && providerId !== 'local' ? [providerId] : []));

  it('opens every wire that Bedrock serves', () => {
    expect(connected(providers)).toEqual(['bedrock', 'bedrock-anthropic', 'bedrock-openai']);
    expect(connected(providersFor({ AWS_BEARER_TOKEN_BEDROCK: 'k' }))).toEqual(['bedrock', 'bedrock-anthropic', 'bedrock-openai']);
  });

  it('is not one where only a region is set, and half of its key is an error', () => {
    expect(connected(providersFor({ AWS_REGION: 'eu-central-1' }))).toEqual([]);
    expect(() => providersFor({ AWS_SECRET_ACCESS_KEY: 's' })).toThrow('Amazon Bedrock needs accessKeyId beside secretAccessKey: give it.');
    expect(resolved(providersFor({}), 'bedrock/amazon.nova-lite-v1:0')).toEqual({
      kind: 'unavailable',
      reasons: ['Set AWS_BEARER_TOKEN_BEDROCK and restart to connect Amazon Bedrock.'],
    });
  });

  it('has models whose names hold colons and slashes', () => {
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0';
    for (const model of ['amazon.nova-lite-v1:0', arn])
      expect(resolved(providers, `bedrock/${model}`)).toEqual([[`bedrock/${model}`, model, 'bedrock']]);
  });

  it('prices a model alike on whatever wire it is reached', () => {
    const tokens = { ...NO_TOKENS, inputTokens: 1000, outputTokens: 100, totalTokens: 1100 };
    const costOf = (modelId: string): bigint | undefined => providers.priceUsage(modelId, tokens, AT_MS)?.costNanoUsd;
    const model = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
    expect(costOf(`bedrock/${model}`)).toBeGreaterThan(0n);
    expect(costOf(`bedrock-anthropic/${model}`)).toBe(costOf(`bedrock/${model}`));
    expect(costOf('bedrock-openai/openai.gpt-oss-20b')).toBe(costOf('bedrock/openai.gpt-oss-20b'));
  });
});

describe('an account of Google', () => {
  const connected = (environment: Record<string, string>): string[] =>
    providersFor(environment)
      .listProviders()
      .flatMap(({ providerId, isConnected }) => (isConnected && providerId !== 'local' ? [providerId] : []));
  const project = { GOOGLE_VERTEX_ACCESS_TOKEN: 't', GOOGLE_CLOUD_PROJECT: 'p-1' };

  it('opens every wire that its project serves, and the one that its key serves', () => {
    expect(connected(project)).toEqual(['google-vertex', 'google-vertex-anthropic', 'google-vertex-openai']);
    expect(connected({ GOOGLE_VERTEX_API_KEY: 'k' })).toEqual(['google-vertex']);
    expect(connected({ GEMINI_API_KEY: 'k' })).toEqual(['google-gemini']);
  });

  it('is not one where only the project is set', () => {
    expect(connected({ GOOGLE_CLOUD_PROJECT: 'p-1', GOOGLE_CLOUD_LOCATION: 'us-east5' })).toEqual([]);
  });

  it('prices a model alike on whatever wire it is reached', () => {
    const providers = providersFor(project);
    const tokens = { ...NO_TOKENS, inputTokens: 1000, outputTokens: 100, totalTokens: 1100 };
    const costOf = (modelId: string): bigint | undefined => providers.priceUsage(modelId, tokens, AT_MS)?.costNanoUsd;
    for (const [wire, model] of [
      ['google-vertex-anthropic', 'claude-sonnet-4-5@20250929'],
      ['google-vertex-openai', 'openai/gpt-oss-120b-maas'],
    ]) {
      expect(costOf(`google-vertex/${model}`)).toBeGreaterThan(0n);
      expect(costOf(`${wire}/${model}`)).toBe(costOf(`google-vertex/${model}`));
    }
  });

  it('of the environment that cannot be made are told with the variables that mend them', () => {
    expect(() => providersFor({ WATSONX_API_KEY: 'k' })).toThrow(
      /watsonx: .* needs projectId or spaceId.*\(projectId is read from WATSONX_PROJECT_ID, spaceId is read from WATSONX_SPACE_ID\)/,
    );
  });
});
