import {
  ClientThrottle,
  chooseNextMove,
  decide,
  DeadlineQueue,
  DEFAULT_HEALTH,
  DEFAULT_QUEUE,
  Observations,
  RetryBudget,
  RetryThrottle,
  type HealthSettings,
  type HealthTransition,
  type ObservedAttempt,
  type RoutingDecision,
  type RoutingPolicy,
  type RoutingStep,
} from '../../../server/src/modules/routing/index.ts';
import { Chance } from './chance.ts';
import { SimulatedUpstream, type SimulatedAnswer, type UpstreamSettings } from './upstream.ts';
import { VirtualTime } from './virtual-time.ts';

export interface Arrival {
  readonly atMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface WorldSettings {
  readonly seed: number;
  readonly upstreams: readonly UpstreamSettings[];
  readonly policy: RoutingPolicy;
  /** False: the strategy alone, without breakers, cooling, limits, retries, throttles and queue. */
  readonly isGuarded: boolean;
  /** False: retries know no budget and no throttle, and nothing is refused in front of a provider. */
  readonly hasRetryLimits?: boolean;
  readonly health?: Partial<HealthSettings>;
  /** A call must be answered within this. */
  readonly deadlineMs: number;
  readonly arrivals: Iterable<Arrival>;
  readonly endMs: number;
}

/** One call as it went. */
export interface CallRecord {
  readonly atMs: number;
  readonly endedAtMs: number;
  readonly isSuccess: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Names of the upstreams that were sent to, in order. */
  readonly attempts: readonly string[];
}

export interface AttemptNote {
  readonly atMs: number;
  readonly upstream: number;
  readonly isProbe: boolean;
}

export interface WorldRecord {
  readonly calls: readonly CallRecord[];
  readonly attempts: readonly AttemptNote[];
  readonly transitions: readonly HealthTransition[];
}

/** Breakers never open, no provider is left alone, no limit is found. */
const UNGUARDED: Partial<HealthSettings> = {
  evidence: { ...DEFAULT_HEALTH.evidence, consecutive: Infinity, minCalls: Infinity },
  maxCoolingMs: 0,
  limit: { ...DEFAULT_HEALTH.limit, min: Infinity, max: Infinity },
};

interface LiveCall {
  readonly arrival: Arrival;
  readonly attempts: string[];
  decision: RoutingDecision;
  nextStep: number;
}

/** Calls, the real routing code and simulated upstreams, in virtual time. */
export class World {
  readonly #settings: WorldSettings;
  readonly #time = new VirtualTime();
  readonly #upstreams: readonly SimulatedUpstream[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #observations: Observations;
  readonly #budget = new RetryBudget();
  readonly #throttles: readonly ClientThrottle[];
  readonly #retryThrottles: readonly RetryThrottle[];
  readonly #queue: DeadlineQueue<LiveCall>;
  readonly #chance: Chance;
  readonly #calls: CallRecord[] = [];
  readonly #attempts: AttemptNote[] = [];
  readonly #transitions: HealthTransition[] = [];
  #turn = 0;
  #snapshots = 0;

  constructor(settings: WorldSettings) {
    this.#settings = settings;
    this.#upstreams = settings.upstreams.map((upstream, index) => new SimulatedUpstream(upstream, new Chance(settings.seed, 100 + index)));
    this.#positions = new Map(settings.policy.targets.map(({ deployment }, index) => [deployment, index]));
    this.#observations = new Observations({
      clock: this.#time,
      settings: { ...DEFAULT_HEALTH, ...(settings.isGuarded ? {} : UNGUARDED), ...settings.health },
      onTransition: (transition) => this.#transitions.push(transition),
    });
    for (const [index, { price }] of settings.upstreams.entries())
      if (price !== undefined)
        this.#observations.describe(settings.policy.targets[index]?.deployment ?? '', {
          inputNanoUsdPerToken: price.input,
          outputNanoUsdPerToken: price.output,
          quality: null,
        });
    this.#throttles = settings.upstreams.map(() => new ClientThrottle());
    this.#retryThrottles = settings.upstreams.map(() => new RetryThrottle());
    this.#queue = new DeadlineQueue<LiveCall>(DEFAULT_QUEUE, (call) => this.#finish(call, false));
    this.#chance = new Chance(settings.seed, 1);
  }

  get observations(): Observations {
    return this.#observations;
  }

  run(): WorldRecord {
    this.#planArrivals(this.#settings.arrivals[Symbol.iterator]());
    this.#time.runUntil(this.#settings.endMs + this.#settings.deadlineMs);
    return { calls: this.#calls, attempts: this.#attempts, transitions: this.#transitions };
  }

  #planArrivals(arrivals: Iterator<Arrival>): void {
    const next = arrivals.next();
    if (next.done === true || next.value.atMs >= this.#settings.endMs) return;
    const arrival = next.value;
    this.#time.at(arrival.atMs, () => {
      this.#planArrivals(arrivals);
      this.#budget.earn('tenant');
      this.#proceed({ arrival, attempts: [], decision: this.#decide(arrival), nextStep: 0 });
    });
  }

  #decide({ inputTokens, outputTokens }: Arrival): RoutingDecision {
    const { policy } = this.#settings;
    const snapshot = this.#observations.snapshotFor(policy, () => `snapshot-${(this.#snapshots += 1)}`);
    const facts = {
      turn: (this.#turn += 1),
      stickyKey: null,
      inputTokens,
      outputTokens,
      metadata: {},
      parameters: {},
      unfit: {},
      inFlight: this.#observations.inFlightOf(policy),
      overrides: null,
    };
    return decide(snapshot, policy, facts, this.#chance.bits());
  }

  /** Starts the next step of the decision that may start; a call that finds only full deployments waits. */
  #proceed(call: LiveCall): void {
    let isFull = call.decision.order.length === 0;
    for (; call.nextStep < call.decision.order.length; call.nextStep += 1) {
      const step = call.decision.order[call.nextStep] as RoutingStep;
      const position = this.#positionOf(step);
      const started = this.#isLetThrough(position) ? this.#observations.start(step) : null;
      if (started?.kind === 'started') {
        call.nextStep += 1;
        this.#send(call, position, started.attempt);
        return;
      }
      if (started?.by === 'limit') isFull = true;
    }
    if (!isFull || !this.#settings.isGuarded || !this.#wait(call)) this.#finish(call, false);
  }

  #wait(call: LiveCall): boolean {
    return this.#queue.tryPush(call, 1, this.#time.monotonicMs(), call.arrival.atMs + this.#settings.deadlineMs);
  }

  #positionOf({ deployment }: RoutingStep): number {
    return this.#positions.get(deployment) as number;
  }

  #isLetThrough(position: number): boolean {
    if (!this.#settings.isGuarded || this.#settings.hasRetryLimits === false) return true;
    return (this.#throttles[position] as ClientThrottle).tryRequest(this.#time.monotonicMs(), this.#chance.unit());
  }

  #send(call: LiveCall, position: number, attempt: ObservedAttempt): void {
    const upstream = this.#upstreams[position] as SimulatedUpstream;
    const startedAtMs = this.#time.monotonicMs();
    call.attempts.push(upstream.settings.name);
    this.#attempts.push({ atMs: startedAtMs, upstream: position, isProbe: attempt.isProbe });
    const answer = upstream.begin(startedAtMs, call.arrival.outputTokens);
    if (answer.firstTokenMs !== null) this.#time.at(startedAtMs + answer.firstTokenMs, () => attempt.firstToken());
    this.#time.at(startedAtMs + answer.totalMs, () => {
      upstream.ended();
      if (answer.failure === null) this.#succeeded(call, position, attempt);
      else this.#failed(call, position, attempt, answer.failure);
      this.#serveWaiting();
    });
  }

  #succeeded(call: LiveCall, position: number, attempt: ObservedAttempt): void {
    attempt.end({ kind: 'succeeded', outputTokens: call.arrival.outputTokens });
    this.#throttles[position]?.ended(this.#time.monotonicMs(), true);
    this.#retryThrottles[position]?.succeeded();
    this.#finish(call, true);
  }

  #failed(call: LiveCall, position: number, attempt: ObservedAttempt, failure: NonNullable<SimulatedAnswer['failure']>): void {
    attempt.end({ kind: 'failed', ...failure });
    this.#throttles[position]?.ended(this.#time.monotonicMs(), false);
    this.#retryThrottles[position]?.failed();
    if (!this.#settings.isGuarded) {
      this.#finish(call, false);
      return;
    }
    const move = chooseNextMove({
      ...failure,
      hasOutput: false,
      attemptCount: call.attempts.length,
      stepsLeft: call.decision.order.length - call.nextStep,
      mayRetry: () => this.#mayRetry(call, position),
      remainingMs: call.arrival.atMs + this.#settings.deadlineMs - this.#time.monotonicMs(),
      unit: this.#chance.unit(),
    });
    if (move.kind === 'next-step') this.#proceed(call);
    else if (move.kind === 'back-off') this.#time.at(this.#time.monotonicMs() + move.waitMs, () => this.#again(call));
    else this.#finish(call, false);
  }

  /** The throttle that counts is that of the provider that would be retried. */
  #mayRetry(call: LiveCall, failedPosition: number): boolean {
    if (this.#settings.hasRetryLimits === false) return true;
    const next = call.decision.order[call.nextStep];
    const position = next === undefined ? failedPosition : this.#positionOf(next);
    return (this.#retryThrottles[position] as RetryThrottle).isRetryAllowed && this.#budget.trySpend('tenant');
  }

  #again(call: LiveCall): void {
    call.decision = this.#decide(call.arrival);
    call.nextStep = 0;
    this.#proceed(call);
  }

  #serveWaiting(): void {
    const room = this.#settings.policy.targets.some(({ deployment }) => {
      const { inFlight, concurrencyLimit, coolingForMs } = this.#observations.stateOf(deployment);
      return coolingForMs === 0 && inFlight < (concurrencyLimit ?? Infinity);
    });
    const waiting = room ? this.#queue.shift(this.#time.monotonicMs()) : undefined;
    if (waiting !== undefined) this.#again(waiting);
  }

  #finish({ arrival, attempts }: LiveCall, isSuccess: boolean): void {
    const endedAtMs = this.#time.monotonicMs();
    const isInTime = endedAtMs - arrival.atMs <= this.#settings.deadlineMs;
    this.#calls.push({ ...arrival, endedAtMs, isSuccess: isSuccess && isInTime, attempts });
  }
}
