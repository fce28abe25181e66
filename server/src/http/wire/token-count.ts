import { AntiphonError, type ErrorCode } from '../../kernel/errors/index.ts';
import { estimateInputTokens, toCallerError } from '../../modules/completions/index.ts';
import { ProviderError, type CompletionRequest, type Deployment, type ProviderCall } from '../../modules/providers/index.ts';
import type { DoorCall } from './door-deps.ts';

/** Counting costs nothing, so nobody waits long for it. */
const COUNT_TIMEOUT_MS = 30_000;

export interface TokenQuestion {
  readonly model: string;
  readonly wire: ProviderCall['wire'];
  /** Throws INVALID_INPUT for what cannot be read. */
  request(): CompletionRequest;
}

export interface TokenCount {
  readonly tokens: number;
  /** `provider`: the vendor counted; `estimate`: we did, by a tokenizer that may not be the model's. */
  readonly source: 'provider' | 'estimate';
}

/** Tokens of an input: by the provider where it counts, by our tokenizer otherwise, or where the provider fails for reasons of its own. */
export async function countInputTokens(call: DoorCall, question: TokenQuestion): Promise<TokenCount> {
  const deployment = findDeployment(call, question.model);
  const tokens = await countAtProvider(call, question, deployment);
  if (tokens !== null) return { tokens, source: 'provider' };
  return { tokens: await estimateInputTokens(question.request()), source: 'estimate' };
}

/** What the fault of a provider must not keep a caller from learning. */
const PROVIDERS_OWN_FAULTS: ReadonlySet<ErrorCode> = new Set(['PROVIDER_FAILED', 'TIMEOUT', 'RATE_LIMITED']);

/** Null where it does not count, or fails for reasons of its own. */
async function countAtProvider(call: DoorCall, question: TokenQuestion, deployment: Deployment): Promise<number | null> {
  const { provider, credential } = deployment;
  if (provider.countTokens === undefined) return null;
  const giveBack = credential?.hold();
  try {
    return await provider.countTokens(toProviderCall(call, question, deployment));
  } catch (thrown) {
    if (!(thrown instanceof ProviderError)) throw thrown;
    const error = toCallerError(thrown, [], call.exchange.requestId);
    if (!PROVIDERS_OWN_FAULTS.has(error.code)) throw error;
    return null;
  } finally {
    giveBack?.();
  }
}

export function countHeaders({ source }: TokenCount): Record<string, string> {
  return { 'x-antiphon-token-count': source };
}

function findDeployment({ deps, principal }: DoorCall, model: string): Deployment {
  const resolution = deps.providers.resolve(model, principal.projectId);
  if (resolution.kind === 'found' && resolution.deployments[0] !== undefined) return resolution.deployments[0];
  if (resolution.kind === 'unavailable')
    throw new AntiphonError('NO_ROUTE', `No connected provider serves this model. ${resolution.reasons.join(' ')}`, {
      reasons: resolution.reasons,
      param: 'model',
    });
  throw new AntiphonError('NOT_FOUND', 'There is no such model that can be called. GET /v1/models lists those that can.', {
    resource: 'model',
    param: 'model',
  });
}

function toProviderCall({ exchange }: DoorCall, { wire, request }: TokenQuestion, deployment: Deployment): ProviderCall {
  return {
    model: deployment.upstreamModel,
    request,
    wire,
    context: {
      attemptId: exchange.requestId,
      signal: exchange.signal,
      remainingMs: COUNT_TIMEOUT_MS,
      traceHeaders: {},
    },
  };
}
