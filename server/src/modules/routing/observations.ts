import type { Clock } from '../../kernel/clock/index.ts';
import type { RateLimitHeadroom } from '../providers/index.ts';
import { prepareSnapshot } from './decision/prepare.ts';
import type { BreakerTransition } from './health/circuit-breaker.ts';
import {
  DEFAULT_HEALTH,
  DeploymentHealth,
  type AttemptOutcome,
  type DeploymentFacts,
  type HealthSettings,
} from './health/deployment-health.ts';
import type { UptimeCell } from './health/uptime-history.ts';
import {
  SNAPSHOT_FORMAT_VERSION,
  type DeploymentId,
  type DeploymentState,
  type RoutingPolicy,
  type RoutingSnapshot,
  type RoutingStep,
} from './routing.types.ts';

/** A deployment's breaker moved. `atMs` is wall-clock time. */
export interface HealthTransition extends BreakerTransition {
  readonly deployment: DeploymentId;
}

/** An attempt under way. `end` must be called exactly once; later calls do nothing. */
export interface ObservedAttempt {
  readonly deployment: DeploymentId;
  readonly isProbe: boolean;
  /** The first output token arrived; later calls do nothing. */
  firstToken(): void;
  end(outcome: AttemptOutcome): void;
}

export type StartedAttempt =
  | { readonly kind: 'started'; readonly attempt: ObservedAttempt }
  /** `breaker`: it is open, or its one probe is under way. `limit`: as many calls run as it takes. The next step may be tried at once. */
  | { readonly kind: 'refused'; readonly by: 'breaker' | 'limit' };

export interface ObservationsDeps {
  readonly clock: Clock;
  readonly settings?: HealthSettings;
  /** Must not throw. */
  readonly onTransition?: (transition: HealthTransition) => void;
}

/** Beyond so many, one without calls in flight is forgotten, the first that was seen. */
const MAX_DEPLOYMENTS = 10_000;
/** A snapshot serves decisions for so long, unless a breaker moves before. */
const SNAPSHOT_MAX_AGE_MS = 100;

/** What this process has seen of every deployment. Told how attempts go; hands out immutable snapshots for decisions. */
export class Observations {
  readonly #clock: Clock;
  readonly #settings: HealthSettings;
  readonly #onTransition: (transition: HealthTransition) => void;
  readonly #healths = new Map<DeploymentId, DeploymentHealth>();
  readonly #current = new WeakMap<RoutingPolicy, { snapshot: RoutingSnapshot; takenAtMs: number; epoch: number }>();
  /** Grows with every transition: snapshots of before are stale. */
  #epoch = 0;

  constructor({ clock, settings = DEFAULT_HEALTH, onTransition = () => undefined }: ObservationsDeps) {
    this.#clock = clock;
    this.#settings = settings;
    this.#onTransition = onTransition;
  }

  /** Asks to start the attempt that a decision's step tells of. */
  start({ deployment, isForced }: RoutingStep): StartedAttempt {
    const health = this.#healthOf(deployment);
    const startedAtMs = this.#clock.monotonicMs();
    if (!health.limit.hasRoom()) return { kind: 'refused', by: 'limit' };
    const isOpen = health.breaker.stateAt(startedAtMs) !== 'closed';
    const isProbe = isOpen && health.breaker.tryProbe(startedAtMs);
    if (isOpen && !isProbe && !isForced) return { kind: 'refused', by: 'breaker' };
    health.limit.started();
    return { kind: 'started', attempt: this.#observe(deployment, health, isProbe, startedAtMs) };
  }

  /** What the provider's answer told of its rate limits. */
  recordHeadroom(deployment: DeploymentId, headroom: RateLimitHeadroom): void {
    this.#healthOf(deployment).recordHeadroom(headroom, this.#clock.monotonicMs());
  }

  /** Prices and quality, for `intelligent`. */
  describe(deployment: DeploymentId, facts: DeploymentFacts): void {
    this.#healthOf(deployment).facts = facts;
  }

  /** The snapshot for a decision under this policy, not older than 100 ms. `nextId` names a new one. */
  snapshotFor(policy: RoutingPolicy, nextId: () => string): RoutingSnapshot {
    const nowMs = this.#clock.monotonicMs();
    const known = this.#current.get(policy);
    if (known !== undefined && known.epoch === this.#epoch && nowMs - known.takenAtMs < SNAPSHOT_MAX_AGE_MS) return known.snapshot;
    const snapshot = {
      formatVersion: SNAPSHOT_FORMAT_VERSION,
      id: nextId(),
      takenAtMs: this.#clock.nowMs(),
      deployments: policy.targets.map(({ deployment }) => this.stateOf(deployment)),
    };
    prepareSnapshot(snapshot, policy);
    this.#current.set(policy, { snapshot, takenAtMs: nowMs, epoch: this.#epoch });
    return snapshot;
  }

  /** Calls in flight by the policy's targets, for `RoutingFacts.inFlight`. */
  inFlightOf({ targets }: RoutingPolicy): number[] {
    return targets.map(({ deployment }) => this.#healths.get(deployment)?.limit.inFlight ?? 0);
  }

  stateOf(deployment: DeploymentId): DeploymentState {
    return this.#healthOf(deployment).stateAt(deployment, this.#clock.monotonicMs());
  }

  /** The strip of 90 cells, oldest first. */
  uptimeOf(deployment: DeploymentId): UptimeCell[] {
    return this.#healthOf(deployment).uptimeAt(this.#clock.nowMs());
  }

  #observe(deployment: DeploymentId, health: DeploymentHealth, isProbe: boolean, startedAtMs: number): ObservedAttempt {
    let firstTokenAtMs: number | null = null;
    let isEnded = false;
    return {
      deployment,
      isProbe,
      firstToken: () => {
        firstTokenAtMs ??= this.#clock.monotonicMs();
      },
      end: (outcome) => {
        if (isEnded) return;
        isEnded = true;
        health.ended({ startedAtMs, firstTokenAtMs, isProbe, outcome }, this.#clock.monotonicMs(), this.#clock.nowMs());
      },
    };
  }

  #healthOf(deployment: DeploymentId): DeploymentHealth {
    const known = this.#healths.get(deployment);
    if (known !== undefined) return known;
    if (this.#healths.size >= MAX_DEPLOYMENTS) this.#forgetOne();
    const health = new DeploymentHealth(this.#settings, this.#clock.monotonicMs(), (transition) => {
      this.#epoch += 1;
      this.#onTransition({ ...transition, atMs: this.#clock.nowMs(), deployment });
    });
    this.#healths.set(deployment, health);
    return health;
  }

  /** The first that was seen of those that do nothing. */
  #forgetOne(): void {
    for (const [deployment, health] of this.#healths)
      if (health.limit.inFlight === 0) {
        this.#healths.delete(deployment);
        return;
      }
  }
}
