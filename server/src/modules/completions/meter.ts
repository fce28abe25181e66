import type { Clock } from '../../kernel/clock/index.ts';
import type { LedgerWriter } from '../ledger/index.ts';
import { decodeOutput, type RecordedOutputFormat, type RelayFacts, type StreamPart, type Usage } from '../providers/index.ts';
import { ChoiceAssembler, producedTextOf } from './choice-assembler.ts';

/** A crash leaves at most this much of a stream unknown. */
export const CHECKPOINT_EVERY_MS = 2000;
export const CHECKPOINT_EVERY_TOKENS = 2000;

export interface MeterDeps {
  readonly clock: Clock;
  readonly writer: Pick<LedgerWriter, 'checkpoint'>;
  readonly attemptId: string;
  readonly requestId: string;
  /** Rough size of the input in tokens, for checkpoints. */
  readonly inputTokensGuess: number;
  readonly maxRecordedBytes: number;
}

/** Writes a checkpoint when enough time or output has passed since the last one. */
class Checkpointer {
  readonly #deps: MeterDeps;
  #lastAtMs: number;
  #lastTokens = 0;

  constructor(deps: MeterDeps) {
    this.#deps = deps;
    this.#lastAtMs = deps.clock.monotonicMs();
  }

  note(outputTokens: number, nowMonotonicMs: number): void {
    if (nowMonotonicMs - this.#lastAtMs < CHECKPOINT_EVERY_MS && outputTokens - this.#lastTokens < CHECKPOINT_EVERY_TOKENS) return;
    this.#lastAtMs = nowMonotonicMs;
    this.#lastTokens = outputTokens;
    const { writer, attemptId, requestId, inputTokensGuess, clock } = this.#deps;
    writer.checkpoint({ attemptId, requestId, inputTokens: inputTokensGuess, outputTokens, atMs: clock.nowMs() });
  }
}

const OUTPUT_PARTS: ReadonlySet<StreamPart['type']> = new Set([
  'text-delta',
  'reasoning-delta',
  'refusal-delta',
  'tool-call-start',
  'tool-call-delta',
]);

/** Watches the parts of a stream: what was produced, when the first output came, what the provider counted. */
export class PartsMeter {
  readonly assembler: ChoiceAssembler;
  readonly #clock: Clock;
  readonly #checkpointer: Checkpointer;
  firstOutputAtMs: number | null = null;
  usage: Usage | null = null;
  #outputParts = 0;

  constructor(deps: MeterDeps) {
    this.assembler = new ChoiceAssembler(deps.maxRecordedBytes);
    this.#clock = deps.clock;
    this.#checkpointer = new Checkpointer(deps);
  }

  see(part: StreamPart): void {
    if (part.type === 'usage') {
      this.usage = part.usage;
      return;
    }
    if (OUTPUT_PARTS.has(part.type)) {
      const nowMs = this.#clock.monotonicMs();
      this.firstOutputAtMs ??= nowMs;
      // Providers send about one token a delta; the count only has to bound a crash.
      this.#checkpointer.note((this.#outputParts += 1), nowMs);
    }
    this.assembler.add(part);
  }
}

const EVENT_MARK = Buffer.from('data:');
const EMPTY = Buffer.alloc(0);
/** Room for a short answer. */
const FIRST_KEPT_BYTES = 4096;

function countEvents(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(EVENT_MARK); at !== -1; at = bytes.indexOf(EVENT_MARK, at + EVENT_MARK.length)) count += 1;
  return count;
}

/** Watches relayed bytes without taking them apart: keeps them up to the limit for recording and counts roughly beyond it. */
export class RelayMeter {
  readonly #clock: Clock;
  readonly #checkpointer: Checkpointer;
  readonly #maxRecordedBytes: number;
  readonly #format: RecordedOutputFormat;
  /** Copied together, so that the reads themselves can be freed: many small buffers that live long cost the collector more. */
  #kept: Buffer = EMPTY;
  #keptBytes = 0;
  #keptReads = 0;
  #isOverflowed = false;
  /** Events beyond what is kept: about one token each. */
  overflowEvents = 0;
  totalBytes = 0;
  firstOutputAtMs: number | null = null;

  /** `format`: how a stream of this wire is recorded. */
  constructor(deps: MeterDeps, format: RecordedOutputFormat) {
    this.#format = format;
    this.#clock = deps.clock;
    this.#checkpointer = new Checkpointer(deps);
    this.#maxRecordedBytes = deps.maxRecordedBytes;
  }

  see(bytes: Buffer, facts: RelayFacts): void {
    this.totalBytes += bytes.length;
    const nowMs = this.#clock.monotonicMs();
    if (facts.hasOutput) this.firstOutputAtMs ??= nowMs;
    if (!this.#isOverflowed && this.#keptBytes + bytes.length <= this.#maxRecordedBytes) {
      this.#keep(bytes);
    } else {
      this.#isOverflowed = true;
      this.overflowEvents += countEvents(bytes);
    }
    // A read holds one event or more, an event about one token; the count only has to bound a crash.
    this.#checkpointer.note(this.#keptReads + this.overflowEvents, nowMs);
  }

  get isOverflowed(): boolean {
    return this.#isOverflowed;
  }

  /** What the model produced, as far as it was kept. Takes the stream apart: only for calls that ended without a count. */
  producedText(): string {
    return producedTextOf(decodeOutput(this.#format, this.#text()).choices);
  }

  /** The event stream as it is recorded: a JSON string, taken apart only when somebody reads it. */
  record(): { format: RecordedOutputFormat; json: string | null; sizeBytes: number } {
    return { format: this.#format, json: this.isOverflowed ? null : JSON.stringify(this.#text()), sizeBytes: this.totalBytes };
  }

  #keep(bytes: Buffer): void {
    const needed = this.#keptBytes + bytes.length;
    if (needed > this.#kept.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_KEPT_BYTES, needed, this.#kept.length * 2));
      this.#kept.copy(grown, 0, 0, this.#keptBytes);
      this.#kept = grown;
    }
    bytes.copy(this.#kept, this.#keptBytes);
    this.#keptBytes = needed;
    this.#keptReads += 1;
  }

  #text(): string {
    return this.#kept.toString('utf8', 0, this.#keptBytes);
  }
}
