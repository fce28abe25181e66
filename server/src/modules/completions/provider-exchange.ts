import { ProviderError, recordedFormatOf, toServiceTier } from '../providers/index.ts';
import type {
  Choice,
  CompletionRequest,
  CompletionResult,
  Deployment,
  JsonObject,
  ProviderCall,
  RelayFacts,
  RelayOutcome,
  StreamPart,
  UpstreamResponse,
} from '../providers/index.ts';
import type { Metering } from './attempt.ts';
import { actual } from './attempt.ts';
import type { Exchange, StreamDelivery } from './exchange.ts';
import { FirstOutputGate } from './first-output-gate.ts';
import { producedTextOf } from './choice-assembler.ts';
import type { MeterDeps } from './meter.ts';
import { PartsMeter, RelayMeter } from './meter.ts';
import { estimatedTokens, toBilling } from './settlement.ts';
import { exchangeTask, taskInputText } from './task-exchange.ts';
import type { Trace } from './trace.ts';
import { estimateInputTokens, estimateTokens } from './token-estimate.ts';
import { NO_TOKENS } from '../ledger/index.ts';

export interface ExchangeDeps {
  readonly meter: MeterDeps;
  /** Resolves when the start is durable. Nothing reaches the caller before. */
  readonly started: Promise<void>;
  /** False once the caller has left a stream that is to be finished all the same. */
  readonly isCallerListening: () => boolean;
}

/** Calls the adapter the way the caller wants its answer, and fills `trace` as it goes; rejects with what the adapter rejects with. */
export async function exchangeWithProvider(
  exchange: Exchange,
  deployment: Deployment,
  call: ProviderCall,
  trace: Trace,
  deps: ExchangeDeps,
): Promise<void> {
  const { delivery } = exchange;
  if (delivery.kind === 'stream') {
    const canRelay = delivery.relay !== null && call.wire !== null && deployment.provider.dialects.includes(call.wire.dialect);
    if (canRelay && deployment.provider.relay !== undefined) await relay(delivery, deployment, call, trace, deps);
    else await streamParts(delivery, deployment, call, trace, deps);
  } else if (exchange.call.task !== null) await exchangeTask(deployment, call, exchange.call.task, trace);
  else await complete(deployment, call, trace);
}

async function complete(deployment: Deployment, call: ProviderCall, trace: Trace): Promise<void> {
  const result = await deployment.provider.complete(call);
  trace.hasAnswered = true;
  trace.usage = result.usage;
  trace.serviceTier = result.serviceTier;
  trace.httpStatus = result.upstream.httpStatus;
  trace.upstreamRequestId = result.upstream.requestId;
  trace.upstream = result.upstream;
  trace.finishReason = result.choices[0]?.finishReason ?? null;
  trace.warnings = result.warnings;
  trace.answer = { kind: 'whole', result };
  trace.produced = () => ({ text: producedTextOf(result.choices), overflowTokens: 0 });
  trace.output = () => recordOf(result);
}

function recordOf(result: CompletionResult): ReturnType<Trace['output']> {
  const { wire } = result;
  if (wire === null) return choicesRecord(result.choices);
  return { format: recordedFormatOf(wire.dialect, false), json: wire.body.toString('utf8'), sizeBytes: wire.body.length };
}

function choicesRecord(choices: readonly Choice[]): ReturnType<Trace['output']> {
  const json = JSON.stringify({ choices });
  return { format: 'antiphon', json, sizeBytes: Buffer.byteLength(json) };
}

/** Bytes of a relayed stream that may wait for its first output. */
const MAX_HELD_BYTES = 64 * 1024;

async function streamParts(
  delivery: StreamDelivery,
  deployment: Deployment,
  call: ProviderCall,
  trace: Trace,
  deps: ExchangeDeps,
): Promise<void> {
  const meter = new PartsMeter(deps.meter);
  const { assembler } = meter;
  trace.produced = () => ({ text: producedTextOf(assembler.choices()), overflowTokens: assembler.droppedParts });
  trace.output = () =>
    assembler.isOverflowed ? { format: 'antiphon', json: null, sizeBytes: assembler.characters } : choicesRecord(assembler.choices());
  const gate = new FirstOutputGate<StreamPart>({ delivery, deployment, trace, ...deps, give: (part) => delivery.parts.part(part) });
  await deployment.provider.stream(call, {
    part: (part) => {
      meter.see(part);
      trace.hasAnswered = true;
      trace.usage = meter.usage;
      trace.firstOutputAtMs = meter.firstOutputAtMs;
      if (part.type === 'response-start') {
        trace.httpStatus = part.upstream.httpStatus;
        trace.upstreamRequestId = part.upstream.requestId;
        trace.upstream = part.upstream;
        trace.warnings = part.warnings;
        trace.serviceTier = part.serviceTier;
      } else if (part.type === 'choice-finish' && part.choice === 0) trace.finishReason = part.finishReason;
      else if (part.type === 'extra' && part.scope === 'response') trace.serviceTier = tierIn(part.extra) ?? trace.serviceTier;
      return gate.pass(part, isOutput(part));
    },
  });
  await gate.end();
  trace.answer = { kind: 'parts', choices: assembler.isOverflowed ? null : assembler.choices() };
}

/** The tier that a stream names at its end, where it differs from what was asked for at its beginning. */
function tierIn(extra: JsonObject): string | null {
  const tier = extra['service_tier'] ?? extra['serviceTier'];
  if (typeof tier === 'string') return tier;
  const type = typeof tier === 'object' && tier !== null && !Array.isArray(tier) ? (tier as JsonObject)['type'] : null;
  return typeof type === 'string' ? type : null;
}

/** Whether a part shows the caller something of the answer; what comes before the first of them can still be taken back. */
function isOutput(part: StreamPart): boolean {
  return part.type !== 'response-start' && part.type !== 'usage' && !(part.type === 'extra' && part.scope === 'response');
}

async function relay(
  delivery: StreamDelivery,
  deployment: Deployment,
  call: ProviderCall,
  trace: Trace,
  deps: ExchangeDeps,
): Promise<void> {
  const sink = delivery.relay;
  const { provider } = deployment;
  if (sink === null || provider.relay === undefined || call.wire === null)
    throw new Error('relay needs a wire, a sink and a provider that relays');
  const meter = new RelayMeter(deps.meter, recordedFormatOf(call.wire.dialect, true));
  trace.produced = () => ({ text: meter.producedText(), overflowTokens: meter.overflowEvents });
  trace.output = () => meter.record();
  let upstream: UpstreamResponse | null = null;
  const gate = new FirstOutputGate<{ readonly bytes: Buffer; readonly facts: RelayFacts }>({
    delivery,
    deployment,
    trace,
    ...deps,
    give: ({ bytes, facts }) => sink.events(bytes, facts),
    onOpen: () => {
      if (upstream !== null) sink.start(upstream);
    },
  });
  let heldBytes = 0;
  let hasOutput = false;
  const outcome: RelayOutcome = await provider.relay(call, {
    start: (response) => {
      trace.hasAnswered = true;
      trace.httpStatus = response.httpStatus;
      trace.upstreamRequestId = response.requestId;
      trace.upstream = response;
      upstream = response;
    },
    events: (bytes, facts) => {
      meter.see(bytes, facts);
      hasOutput ||= facts.hasOutput;
      trace.firstOutputAtMs = meter.firstOutputAtMs;
      if (trace.hasDelivered && deps.isCallerListening()) return sink.events(bytes, facts);
      heldBytes += bytes.length;
      return gate.pass({ bytes, facts }, facts.hasOutput || heldBytes > MAX_HELD_BYTES);
    },
  });
  if (!hasOutput && outcome.finishReasons.length === 0)
    throw new ProviderError('malformed', `${provider.displayName} ended its stream without an answer.`);
  trace.usage = outcome.usage;
  trace.warnings = outcome.warnings ?? [];
  trace.serviceTier = outcome.serviceTier ?? null;
  trace.finishReason = outcome.finishReasons.find(({ choice }) => choice === 0)?.finishReason ?? null;
  await gate.end();
  trace.answer = { kind: 'relay', relay: outcome };
}

/**
 * What an attempt consumed: the provider's own count when its answer is complete; otherwise an estimate by tokenizer, once it had
 * begun to answer, that keeps what the provider did tell of the input; the input alone when we stopped waiting after it had gone out;
 * nothing otherwise.
 */
export async function meterAttempt(exchange: Exchange, trace: Trace, isComplete: boolean): Promise<Metering> {
  const metering = await meterTokens(exchange, trace, isComplete);
  return metering.basis === 'VOID' ? metering : { ...metering, billing: toBilling(trace.usage, toServiceTier(trace.serviceTier)) };
}

async function meterTokens(exchange: Exchange, trace: Trace, isComplete: boolean): Promise<Metering> {
  const { usage } = trace;
  if (usage !== null && isComplete) return actual(usage);
  if (!trace.hasAnswered && !trace.wasLeftUnanswered) return { basis: 'VOID', tokens: NO_TOKENS };
  const { text, overflowTokens } = trace.produced();
  const outputTokens = (await estimateTokens(text)) + overflowTokens;
  if (usage === null) return { basis: 'ESTIMATED', tokens: estimatedTokens(await estimateInput(exchange), outputTokens) };
  const told = actual(usage).tokens;
  const missing = Math.max(0, outputTokens - told.outputTokens - told.reasoningTokens);
  return { basis: 'ESTIMATED', tokens: { ...told, outputTokens: told.outputTokens + missing, totalTokens: told.totalTokens + missing } };
}

function estimateInput({ call }: Exchange): Promise<number> {
  if (call.task !== null) return estimateTokens(taskInputText(call.task));
  const request = readRequest(call);
  return request === null ? estimateTokens(call.input.json) : estimateInputTokens(request);
}

/** Null when we cannot read it: what was relayed as it came may be more than we know, and that must not keep it from being paid. */
function readRequest(call: Exchange['call']): CompletionRequest | null {
  try {
    return call.request();
  } catch {
    return null;
  }
}
