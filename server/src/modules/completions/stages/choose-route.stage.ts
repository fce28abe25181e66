import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Providers } from '../../providers/index.ts';
import type { Router } from '../../routing/index.ts';
import type { CompletionCall } from '../completion-call.ts';
import type { Stage } from '../exchange.ts';
import { readInputTraits } from '../hidden-input.ts';

/**
 * Upper bound of what the call can cost on any candidate: every input byte is at most one token (byte-level tokenizers never
 * make more tokens than bytes), where input can come that is not in the bytes the model's own limit counts, and the output is bounded by
 * the caller or the model.
 */
function upperBoundNanoUsd(providers: Providers, call: CompletionCall, modelIds: readonly string[]): bigint | null {
  const traits = readInputTraits(call);
  let bound = 0n;
  for (const modelId of modelIds) {
    const candidate = providers.upperBoundNanoUsd(modelId, {
      inputBytes: call.input.sizeBytes,
      maxOutputTokens: hasNoOutput(call) ? 0 : call.maxOutputTokens,
      choiceCount: call.choiceCount,
      ...traits,
      atMs: call.receivedAtMs,
    });
    if (candidate === null) return null;
    if (candidate > bound) bound = candidate;
  }
  return bound;
}

/** Vectors, ranks and verdicts are no tokens. */
function hasNoOutput({ task }: CompletionCall): boolean {
  return task?.kind === 'embeddings' || task?.kind === 'rerank' || task?.kind === 'moderation';
}

export function createChooseRouteStage(deps: { router: Router; providers: Providers }): Stage {
  return async (exchange, next) => {
    const { call } = exchange;
    const route = deps.router.choose(call.model, call.task?.kind ?? null, call.principal.projectId);
    exchange.route = route;
    exchange.reservedNanoUsd = upperBoundNanoUsd(
      deps.providers,
      call,
      route.candidates.map((candidate) => candidate.modelId),
    );
    if (call.maxCostNanoUsd !== null) refuseAboveMaxCost(call.maxCostNanoUsd, exchange.reservedNanoUsd);
    return next();
  };
}

function refuseAboveMaxCost(maxCostNanoUsd: bigint, boundNanoUsd: bigint | null): void {
  const path = ['input', 'maxCostUsd'];
  if (boundNanoUsd === null)
    throw new AntiphonError(
      'QUOTA_EXCEEDED',
      'The price of this model is unknown, so a cost bound cannot be kept. Choose a priced model or leave maxCostUsd out.',
      { path },
    );
  if (boundNanoUsd > maxCostNanoUsd)
    throw new AntiphonError(
      'QUOTA_EXCEEDED',
      `This call could cost up to ${formatUsd(boundNanoUsd)} USD, more than its bound of ${formatUsd(maxCostNanoUsd)} USD. Lower maxOutputTokens, shorten the input or raise maxCostUsd.`,
      { path },
    );
}

function formatUsd(nanoUsd: bigint): string {
  const text = nanoUsd.toString().padStart(10, '0');
  return `${text.slice(0, -9)}.${text.slice(-9)}`;
}
