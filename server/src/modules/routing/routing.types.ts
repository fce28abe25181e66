/**
 * What a routing decision is made of. Everything here is plain data: it is stored as JSON and read again years later, so a field is
 * only ever added, and a change of meaning raises `SNAPSHOT_FORMAT_VERSION`.
 */

/** The format that `RoutingSnapshot` is written in. Older ones are read by `parseSnapshot`. */
export const SNAPSHOT_FORMAT_VERSION = 1;

/** Who serves: one model, at one provider, called with one credential. Health, limits and breakers are kept per key. */
export interface DeploymentKey {
  readonly providerId: string;
  /** Null where the provider needs none. */
  readonly credentialId: string | null;
  /** Catalogue id, `<providerId>/<model>`. */
  readonly modelId: string;
}

/** A `DeploymentKey` as one string, made by `toDeploymentId`. */
export type DeploymentId = string;

/** `provider|credential|model`: neither providers nor credentials have a bar in their ids. */
export function toDeploymentId({ providerId, credentialId, modelId }: DeploymentKey): DeploymentId {
  return `${providerId}|${credentialId ?? ''}|${modelId}`;
}

/** The key behind an id. Throws on a text that `toDeploymentId` did not make. */
export function fromDeploymentId(id: DeploymentId): DeploymentKey {
  const [providerId, credentialId, ...model] = id.split('|');
  if (providerId === undefined || credentialId === undefined || model.length === 0)
    throw new TypeError(`${JSON.stringify(id)} is no deployment id; write provider|credential|model.`);
  return { providerId, credentialId: credentialId === '' ? null : credentialId, modelId: model.join('|') };
}

// ---------------------------------------------------------------- policy

/**
 * How one of several deployments is chosen.
 * `round-robin`: smooth weighted turns. `weighted`: by chance, in proportion to weights. `least-connections`: fewest calls in flight per
 * weight. `response-time`: lowest predicted time. `intelligent`: lowest sum of weighted terms (latency, cost, quality, headroom,
 * reliability). `adaptive`: the better of two drawn by chance, on latency × pending ÷ success⁴, with a floor of traffic for everyone.
 */
export type RoutingStrategy = 'round-robin' | 'weighted' | 'least-connections' | 'response-time' | 'intelligent' | 'adaptive';

export const ROUTING_STRATEGIES: readonly RoutingStrategy[] = [
  'round-robin',
  'weighted',
  'least-connections',
  'response-time',
  'intelligent',
  'adaptive',
];

/** The last priority that a target can have. */
export const MAX_PRIORITY = 1_000;

/** A deployment that a policy may use. */
export interface RoutingTarget {
  readonly deployment: DeploymentId;
  /** Share relative to its peers, above 0. */
  readonly weight: number;
  /** 0 to `MAX_PRIORITY`. Lower ones are tried first; a higher one only when every lower one is out or has failed. */
  readonly priority: number;
  /** Such as `region:eu` or `canary`; rules and canaries select by them. */
  readonly tags: readonly string[];
}

/** Everything a decision follows, fixed under a version. Compiled from a model group and its policy, or from a bare model name. */
export interface RoutingPolicy {
  /** Names this exact content for ever. */
  readonly version: string;
  readonly strategy: RoutingStrategy;
  readonly targets: readonly RoutingTarget[];
  /** The first rule whose conditions all hold is applied. */
  readonly rules: readonly RoutingRule[];
  readonly canaries: readonly Canary[];
  readonly mirrors: readonly Mirror[];
  /** Null: every call is chosen afresh. */
  readonly stickiness: Stickiness | null;
  readonly intelligent: IntelligentWeights;
  readonly adaptive: AdaptiveSettings;
  readonly timeouts: RoutingTimeouts;
  readonly fallbacks: FallbackChains;
  /** At most so many deployments are tried in turn. */
  readonly maxAttempts: number;
  /** Whether a second copy of a slow call may be sent (`HedgeRule`): non-streaming idempotent calls only. */
  readonly isHedged: boolean;
  /** What a single call may choose for itself. */
  readonly allowedOverrides: { readonly strategies: readonly RoutingStrategy[]; readonly targets: boolean };
}

export interface RoutingRule {
  readonly name: string;
  readonly when: readonly RuleCondition[];
  readonly outcome: RuleOutcome;
}

/** A value that a condition compares. */
export type RuleValue = string | number | boolean;

export interface RuleCondition {
  /** `metadata.<key>`, `parameters.<name>`, `inputTokens` or `outputTokens`. */
  readonly field: string;
  readonly operator: 'equals' | 'differs' | 'in' | 'above' | 'at-least' | 'below' | 'at-most' | 'exists';
  /** A list for `in`; unused by `exists`. */
  readonly value: RuleValue | readonly RuleValue[] | null;
}

/** What a rule changes; null leaves it as the policy has it. */
export interface RuleOutcome {
  /** Only targets that have all of these tags. */
  readonly requireTags: readonly string[];
  /** Never targets that have one of these tags. */
  readonly avoidTags: readonly string[];
  readonly strategy: RoutingStrategy | null;
}

/** A share of calls (of sessions, where calls name one) goes to the targets with `tag`; the others never see them but as a last resort. */
export interface Canary {
  readonly tag: string;
  /** 0 to 1. */
  readonly share: number;
}

/** A share of calls is sent a second time to `deployment`; its answer is recorded and thrown away. */
export interface Mirror {
  readonly deployment: DeploymentId;
  /** 0 to 1. */
  readonly share: number;
}

/** Calls with the same `stickyKey` meet the same deployment while it is healthy and not overloaded (rendezvous hashing with bounded load). */
export interface Stickiness {
  readonly by: 'session' | 'prompt-cache';
  /** A deployment with more than this multiple of its fair share of calls in flight is passed over; 1.25 is usual. */
  readonly loadFactor: number;
}

/** How much each term weighs; the sum need not be 1. */
export interface IntelligentWeights {
  readonly latency: number;
  readonly cost: number;
  readonly quality: number;
  readonly headroom: number;
  readonly reliability: number;
}

export interface AdaptiveSettings {
  /** This share of calls is spread evenly, so that everyone stays measured. */
  readonly trafficFloor: number;
  /** The power of the success share that divides the cost; 0 switches it off. A whole number. */
  readonly successExponent: number;
}

/** Null: no such limit. */
export interface RoutingTimeouts {
  readonly connectMs: number | null;
  readonly firstTokenMs: number | null;
  readonly betweenTokensMs: number | null;
  readonly totalMs: number | null;
}

/** Names of model groups or models that are tried after every target of this policy, by what went wrong. */
export interface FallbackChains {
  readonly onError: readonly string[];
  readonly onContextTooLong: readonly string[];
  readonly onContentPolicy: readonly string[];
}

// ---------------------------------------------------------------- snapshot

export type BreakerState = 'closed' | 'open' | 'half-open';

/** What was known of one deployment when the snapshot was taken. All numbers are finite. */
export interface DeploymentState {
  readonly deployment: DeploymentId;
  /** Peak EWMA of the time to the first token. */
  readonly firstTokenMs: number;
  readonly msPerOutputToken: number;
  /** Moving share of calls that did not fail, 0 to 1; heals towards 1 without calls. */
  readonly successShare: number;
  readonly inFlight: number;
  /** How many calls the adaptive limit lets run at once; null: unlimited. */
  readonly concurrencyLimit: number | null;
  readonly breaker: BreakerState;
  /** The credential was refused or is out of quota: of no use even as a last resort. */
  readonly isCredentialRefused: boolean;
  /** Above 0 while the provider has asked to be left alone (429 with Retry-After). */
  readonly coolingForMs: number;
  /** The smaller of the shares of requests and tokens that the provider still takes, 0 to 1; null: not told. */
  readonly headroom: number | null;
  /** Null: unknown. */
  readonly inputNanoUsdPerToken: number | null;
  readonly outputNanoUsdPerToken: number | null;
  /** 0 to 1; null: unknown. */
  readonly quality: number | null;
}

/** What is known of all deployments at one moment; never changed after it was made. */
export interface RoutingSnapshot {
  readonly formatVersion: number;
  readonly id: string;
  readonly takenAtMs: number;
  readonly deployments: readonly DeploymentState[];
}

// ---------------------------------------------------------------- decision

/** What a decision may know of the call. Stored with it. */
export interface RoutingFacts {
  /** Counts the calls of this policy; drives round robin. */
  readonly turn: number;
  /** The session or the fingerprint of the cacheable prompt; null: none. */
  readonly stickyKey: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly metadata: Readonly<Record<string, RuleValue>>;
  readonly parameters: Readonly<Record<string, RuleValue>>;
  /** Deployments that cannot do what is asked, and why, in a few words. */
  readonly unfit: Readonly<Record<DeploymentId, string>>;
  /**
   * Calls in flight now, by position in the policy's targets (`Observations.inFlightOf`). Pass it for pools of up to about 32; null
   * takes the snapshot's own counts, which is enough for large pools.
   */
  readonly inFlight: readonly number[] | null;
  /** What this call chooses for itself; what the policy does not allow is not applied and is told in `ignoredOverrides`. */
  readonly overrides: RoutingOverrides | null;
}

export interface RoutingOverrides {
  readonly strategy: RoutingStrategy | null;
  /** Only these. Empty: all. */
  readonly only: readonly DeploymentId[];
}

export type ExclusionReason =
  | 'unknown-deployment'
  | 'unfit'
  | 'rule'
  | 'override'
  | 'canary'
  | 'credential-refused'
  | 'cooling'
  | 'breaker-open'
  | 'at-limit'
  | 'no-headroom'
  | 'lower-priority';

/** The parts of a score, each 0 (best) to 1 (worst) before its weight. */
export interface ScoreTerms {
  readonly latency: number;
  readonly cost: number;
  readonly quality: number;
  readonly headroom: number;
  readonly reliability: number;
}

export interface RoutingCandidate {
  readonly deployment: DeploymentId;
  /** What the strategy compared, lower is better; null where it compares nothing or did not look at this one. */
  readonly score: number | null;
  /** Strategy `intelligent` only. */
  readonly terms: ScoreTerms | null;
  /** Null: it was eligible. */
  readonly excludedBy: ExclusionReason | null;
  /** More words on the exclusion; null: none needed. */
  readonly detail: string | null;
}

/** A deployment that is to be tried, in its turn. */
export interface RoutingStep {
  readonly deployment: DeploymentId;
  /** Its breaker is open or half-open and it is tried all the same (the ejection cap, or nothing else is left): no probe permit is needed. */
  readonly isForced: boolean;
}

/** Made by `decide`. The same snapshot, policy, facts and seed give the same decision, bit for bit. */
export interface RoutingDecision {
  readonly snapshotId: string;
  readonly policyVersion: string;
  readonly seed: number;
  readonly strategy: RoutingStrategy;
  /** The rule that applied; null: none. */
  readonly rule: string | null;
  /** How the first step was found. */
  readonly chosenBy: 'strategy' | 'stickiness' | 'traffic-floor' | 'probe' | 'last-resort' | 'nothing';
  /** Best first, at most `maxAttempts`; empty when nothing may be tried. */
  readonly order: readonly RoutingStep[];
  /** How likely the first step was under this policy, given snapshot and facts but not the seed; 1 where nothing is left to chance. */
  readonly propensity: number;
  /** At most `MAX_LISTED_CANDIDATES`: those in `order` first. */
  readonly candidates: readonly RoutingCandidate[];
  /** How many more there were. */
  readonly unlistedCount: number;
  readonly mirrors: readonly DeploymentId[];
  readonly ignoredOverrides: readonly string[];
  /** Where `order` is empty because everyone asked to be left alone: when the first one may be asked again. */
  readonly retryAfterMs: number | null;
}

/** A decision stays a small row, however large the pool. */
export const MAX_LISTED_CANDIDATES = 32;
