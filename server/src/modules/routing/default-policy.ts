import type { RoutingPolicy, RoutingTarget } from './routing.types.ts';

/** A policy that decides `targets` by `adaptive` and changes nothing else; take it and replace what differs. */
export function createPolicy(version: string, targets: readonly RoutingTarget[]): RoutingPolicy {
  return {
    version,
    strategy: 'adaptive',
    targets,
    rules: [],
    canaries: [],
    mirrors: [],
    stickiness: null,
    intelligent: { latency: 0.4, cost: 0.3, quality: 0.2, headroom: 0.05, reliability: 0.5 },
    adaptive: { trafficFloor: 0.01, successExponent: 4 },
    timeouts: { connectMs: null, firstTokenMs: null, betweenTokensMs: null, totalMs: null },
    fallbacks: { onError: [], onContextTooLong: [], onContentPolicy: [] },
    maxAttempts: 4,
    isHedged: false,
    allowedOverrides: { strategies: [], targets: false },
  };
}

/** A target without preferences. */
export function createTarget(deployment: string): RoutingTarget {
  return { deployment, weight: 1, priority: 0, tags: [] };
}
