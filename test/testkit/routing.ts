import {
  createPolicy,
  createTarget,
  ROUTING_STRATEGIES,
  SNAPSHOT_FORMAT_VERSION,
  type DeploymentState,
  type RoutingFacts,
  type RoutingPolicy,
  type RoutingSnapshot,
} from '../../server/src/modules/routing/index.ts';

/** A deployment id that tests read easily. */
export const deploymentNamed = (name: string): string => `${name}|key-of-the-test|${name}/model`;

/** A healthy deployment, but for what a test changes. */
export function stateOf(name: string, changes: Partial<DeploymentState> = {}): DeploymentState {
  return {
    deployment: deploymentNamed(name),
    firstTokenMs: 300,
    msPerOutputToken: 10,
    successShare: 1,
    inFlight: 0,
    concurrencyLimit: null,
    breaker: 'closed',
    isCredentialRefused: false,
    coolingForMs: 0,
    headroom: null,
    inputNanoUsdPerToken: null,
    outputNanoUsdPerToken: null,
    quality: null,
    ...changes,
  };
}

export function snapshotOf(deployments: readonly DeploymentState[], id = 'snapshot-1'): RoutingSnapshot {
  return { formatVersion: SNAPSHOT_FORMAT_VERSION, id, takenAtMs: 0, deployments };
}

export function policyOf(snapshot: RoutingSnapshot, changes: Partial<RoutingPolicy> = {}): RoutingPolicy {
  return {
    ...createPolicy(
      'policy-1',
      snapshot.deployments.map(({ deployment }) => createTarget(deployment)),
    ),
    ...changes,
  };
}

export function factsOf(changes: Partial<RoutingFacts> = {}): RoutingFacts {
  return {
    turn: 0,
    stickyKey: null,
    inputTokens: 100,
    outputTokens: 100,
    metadata: {},
    parameters: {},
    unfit: {},
    inFlight: null,
    overrides: null,
    ...changes,
  };
}

/** Draws that repeat: a small generator for the worlds of tests. */
export function createDraw(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A world of up to eight deployments in every kind of condition, a policy of every kind and a call; the same for the same seed. */
export function randomWorld(seed: number): { snapshot: RoutingSnapshot; policy: RoutingPolicy; facts: RoutingFacts } {
  const draw = createDraw(seed);
  const below = (bound: number): number => Math.floor(draw() * bound);
  const names = Array.from({ length: 1 + below(8) }, (_, index) => `p${index}`);
  const snapshot = snapshotOf(
    names.map((name) => randomState(name, draw)),
    `snapshot-${seed}`,
  );
  const targets = names.map((name) => ({
    deployment: deploymentNamed(name),
    weight: 1 + below(5),
    priority: below(2),
    tags: draw() < 0.3 ? ['canary'] : draw() < 0.5 ? ['region:eu'] : [],
  }));
  const strategy = ROUTING_STRATEGIES[below(ROUTING_STRATEGIES.length)] ?? 'adaptive';
  const policy = policyOf(snapshot, {
    version: `policy-${seed}`,
    strategy,
    targets,
    canaries: targets.some(({ tags }) => tags.includes('canary')) && draw() < 0.5 ? [{ tag: 'canary', share: draw() / 2 }] : [],
    stickiness: draw() < 0.3 ? { by: 'session', loadFactor: 1.25 } : null,
    mirrors: draw() < 0.2 ? [{ deployment: deploymentNamed('p0'), share: 0.5 }] : [],
    rules: [
      {
        name: 'europe',
        when: [{ field: 'metadata.region', operator: 'equals', value: 'eu' }],
        outcome: { requireTags: ['region:eu'], avoidTags: [], strategy: null },
      },
    ],
  });
  const facts = factsOf({
    turn: below(1000),
    stickyKey: draw() < 0.5 ? `session-${below(50)}` : null,
    outputTokens: below(500),
    metadata: draw() < 0.2 ? { region: 'eu' } : {},
    unfit: draw() < 0.2 ? { [deploymentNamed('p0')]: 'takes no images' } : {},
    inFlight: draw() < 0.5 ? names.map(() => below(10)) : null,
  });
  return { snapshot, policy, facts };
}

function randomState(name: string, draw: () => number): DeploymentState {
  return stateOf(name, {
    firstTokenMs: 50 + draw() * 3000,
    msPerOutputToken: draw() * 40,
    successShare: draw() < 0.5 ? 1 : draw(),
    inFlight: Math.floor(draw() * 10),
    concurrencyLimit: draw() < 0.5 ? null : 2 + Math.floor(draw() * 20),
    breaker: draw() < 0.7 ? 'closed' : draw() < 0.5 ? 'open' : 'half-open',
    isCredentialRefused: draw() < 0.05,
    coolingForMs: draw() < 0.1 ? 1000 : 0,
    headroom: draw() < 0.7 ? null : draw() < 0.2 ? 0 : draw(),
    inputNanoUsdPerToken: draw() < 0.3 ? null : draw() * 5000,
    outputNanoUsdPerToken: draw() < 0.3 ? null : draw() * 20000,
    quality: draw() < 0.3 ? null : draw(),
  });
}
