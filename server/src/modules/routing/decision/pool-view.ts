import type { DeploymentState, ExclusionReason, RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';
import { chooseEjected } from './pool-health.policy.ts';
import { hashText } from './seeded.ts';

/** A policy's targets against a snapshot, as columns: what decisions read, laid out once per pair. */
export interface PoolView {
  readonly size: number;
  readonly weight: Float64Array;
  readonly hash: Uint32Array;
  readonly firstTokenMs: Float64Array;
  readonly msPerToken: Float64Array;
  readonly successShare: Float64Array;
  /** successShare, at least 0.01, to the power of the policy's exponent. */
  readonly successPower: Float64Array;
  readonly inFlight: Float64Array;
  /** Infinity: no limit. */
  readonly limit: Float64Array;
  /** Why it is out, whatever the call; null: it is not. */
  readonly out: readonly (ExclusionReason | null)[];
  /** Half-open and out: wants a probe. */
  readonly wantsProbe: Uint8Array;
  /** NaN: unknown. */
  readonly inputPrice: Float64Array;
  readonly outputPrice: Float64Array;
  readonly quality: Float64Array;
  readonly headroom: Float64Array;
  /** Null: the snapshot does not know it. */
  readonly states: readonly (DeploymentState | null)[];
}

const MIN_SUCCESS_SHARE = 0.01;
const views = new WeakMap<RoutingSnapshot, WeakMap<RoutingPolicy, PoolView>>();
const positions = new WeakMap<RoutingSnapshot, ReadonlyMap<string, number>>();

/** The view of a pair; made at the first call, remembered as long as both live. */
export function viewPool(snapshot: RoutingSnapshot, policy: RoutingPolicy): PoolView {
  let ofSnapshot = views.get(snapshot);
  if (ofSnapshot === undefined) views.set(snapshot, (ofSnapshot = new WeakMap()));
  let view = ofSnapshot.get(policy);
  if (view === undefined) ofSnapshot.set(policy, (view = createView(snapshot, policy)));
  return view;
}

function positionsIn(snapshot: RoutingSnapshot): ReadonlyMap<string, number> {
  let known = positions.get(snapshot);
  if (known === undefined)
    positions.set(snapshot, (known = new Map(snapshot.deployments.map(({ deployment }, position) => [deployment, position]))));
  return known;
}

function createView(snapshot: RoutingSnapshot, policy: RoutingPolicy): PoolView {
  const { targets } = policy;
  // A snapshot that was taken for this policy has its states in the order of the targets.
  const states = targets.map(({ deployment }, index) => {
    const own = snapshot.deployments[index];
    return own?.deployment === deployment ? own : (snapshot.deployments[positionsIn(snapshot).get(deployment) ?? -1] ?? null);
  });
  const column = (read: (state: DeploymentState) => number | null, unknown: number): Float64Array => toColumn(states, read, unknown);
  const successShare = column((state) => state.successShare, 0);
  return {
    size: targets.length,
    states,
    ...columnsOf(policy),
    firstTokenMs: column((state) => state.firstTokenMs, 0),
    msPerToken: column((state) => state.msPerOutputToken, 0),
    successShare,
    successPower: successShare.map((share) => toPower(Math.max(share, MIN_SUCCESS_SHARE), policy.adaptive.successExponent)),
    inFlight: column((state) => state.inFlight, 0),
    limit: column((state) => state.concurrencyLimit, Infinity),
    inputPrice: column((state) => state.inputNanoUsdPerToken, NaN),
    outputPrice: column((state) => state.outputNanoUsdPerToken, NaN),
    quality: column((state) => state.quality, NaN),
    headroom: column((state) => state.headroom, NaN),
    ...judgeHealth(states),
  };
}

type PolicyColumns = Pick<PoolView, 'weight' | 'hash'>;
const policyColumns = new WeakMap<RoutingPolicy, PolicyColumns>();

/** What a view has of the policy alone. */
function columnsOf(policy: RoutingPolicy): PolicyColumns {
  let columns = policyColumns.get(policy);
  if (columns === undefined) {
    const weight = Float64Array.from(policy.targets, (target) => target.weight);
    const hash = Uint32Array.from(policy.targets, ({ deployment }) => hashText(deployment));
    policyColumns.set(policy, (columns = { weight, hash }));
  }
  return columns;
}

function toColumn(
  states: readonly (DeploymentState | null)[],
  read: (state: DeploymentState) => number | null,
  unknown: number,
): Float64Array {
  const values = new Float64Array(states.length);
  for (const [index, state] of states.entries()) values[index] = state === null ? unknown : (read(state) ?? unknown);
  return values;
}

/** By repeated multiplication: `Math.pow` may differ in its last bit between versions of the runtime. */
function toPower(base: number, exponent: number): number {
  let power = 1;
  for (let count = 0; count < exponent; count += 1) power *= base;
  return power;
}

function judgeHealth(states: readonly (DeploymentState | null)[]): Pick<PoolView, 'out' | 'wantsProbe'> {
  const out = states.map(findHardReason);
  const pool = states.flatMap((state, position) => (state === null || out[position] !== null ? [] : [{ state, position }]));
  const ejected = chooseEjected(pool.map(({ state }) => ({ isTripped: state.breaker !== 'closed', successShare: state.successShare })));
  const wantsProbe = new Uint8Array(states.length);
  for (const [order, { state, position }] of pool.entries()) {
    if (ejected.has(order)) {
      out[position] = 'breaker-open';
      if (state.breaker === 'half-open') wantsProbe[position] = 1;
    } else if (state.headroom === 0) out[position] = 'no-headroom';
  }
  return { out, wantsProbe };
}

function findHardReason(state: DeploymentState | null): ExclusionReason | null {
  if (state === null) return 'unknown-deployment';
  if (state.isCredentialRefused) return 'credential-refused';
  return state.coolingForMs > 0 ? 'cooling' : null;
}

/** Reasons that a call may be tried in spite of, when nothing better is left. */
export function isSoft(reason: ExclusionReason): boolean {
  return reason === 'breaker-open' || reason === 'at-limit' || reason === 'no-headroom' || reason === 'canary';
}
