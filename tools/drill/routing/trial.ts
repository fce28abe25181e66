import { createPolicy, createTarget, toDeploymentId, type RoutingPolicy } from '../../../server/src/modules/routing/index.ts';
import type { Measures } from './measures.ts';
import { HEALTHY, type Condition, type UpstreamSettings } from './upstream.ts';

/** One way of running one scenario. */
export interface Trial {
  readonly scenario: string;
  readonly variant: string;
  readonly run: (seed: number) => Measures;
}

/** What must hold of a trial's measure. `mean` over the seeds, or the worst of them. A control must miss it. */
export interface Bar {
  readonly scenario: string;
  readonly variant: string;
  readonly measure: string;
  readonly comparison: 'at most' | 'at least';
  readonly limit: number;
  readonly over: 'mean' | 'worst';
  readonly isControl: boolean;
}

export const bar = (
  scenario: string,
  variant: string,
  measure: string,
  comparison: Bar['comparison'],
  limit: number,
  over: Bar['over'],
): Bar => ({
  scenario,
  variant,
  measure,
  comparison,
  limit,
  over,
  isControl: false,
});

/** Upstreams that are alike but for what the first one goes through. */
export function alikeUpstreams(count: number, firstAt: (atMs: number) => Condition, others: Condition = HEALTHY): UpstreamSettings[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `upstream-${index}`,
    firstTokenMs: 250,
    msPerToken: 8,
    conditionAt: index === 0 ? firstAt : () => others,
  }));
}

export function policyFor(upstreams: readonly UpstreamSettings[], changes: Partial<RoutingPolicy> = {}): RoutingPolicy {
  const targets = upstreams.map(({ name }) =>
    createTarget(toDeploymentId({ providerId: name, credentialId: 'key', modelId: `${name}/model` })),
  );
  return { ...createPolicy('drill', targets), ...changes };
}
