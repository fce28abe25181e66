import { toOpenAiEnvelope, type AntiphonError } from '../../kernel/errors/index.ts';
import {
  ResponseEventEncoder,
  toEventText,
  toResponseBase,
  toResponsesAnswer,
  type AnswerIdentity,
  type JsonObject,
  type ResponseEventOptions,
} from '../../modules/providers/index.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import type { WireDialect } from '../wire/wire-dialect.ts';
import { openAiDialect } from './openai.dialect.ts';
import type { ResponseAsk } from './responses-ask.ts';
import { responseInEvents, sequenceAfter } from './responses-events.ts';

/** How one response is told, and how it ends when it fails: both know how far it has come. */
export interface ResponsesForm {
  readonly form: CompletionForm;
  readonly dialect: WireDialect;
}

export function createResponsesForm(ask: ResponseAsk, nowMs: () => number, keep: CompletionForm['keep']): ResponsesForm {
  const optionsOf = (identity: AnswerIdentity): ResponseEventOptions => ({
    id: responseIdOf(identity.id) ?? ask.facts.id,
    model: identity.model,
    createdAtSeconds: identity.createdAtSeconds,
    base: toResponseBase(ask.body, ask.facts),
    nowSeconds: () => Math.floor(nowMs() / 1000),
  });
  let encoder: ResponseEventEncoder | null = null;
  const relayed = new RelayedEvents();
  const form: CompletionForm = {
    dialect: 'openai-responses',
    idPrefix: 'resp_',
    toBody: (result, identity) => toResponsesAnswer(result, optionsOf(identity)),
    createEncoder: (identity) => (encoder = new ResponseEventEncoder(optionsOf(identity))),
    streamContentType: 'text/event-stream; charset=utf-8',
    hidesUsageEvent: false,
    endMarker: null,
    reframe: relayed,
    ...(keep === undefined ? {} : { keep }),
  };
  const toErrorEnd = (error: AntiphonError): string => {
    const { error: told } = toOpenAiEnvelope(error);
    return encoder === null ? relayed.fail(told) : encoder.fail(told);
  };
  return { form, dialect: { ...openAiDialect, toErrorEnd } };
}

/** Providers' ids are theirs; one of ours names the completion, which for a repeated answer is the earlier one. */
function responseIdOf(id: string): string | null {
  const [, completion] = /^resp_cmp_([0-9a-f]{32})$/.exec(id) ?? [];
  return completion === undefined ? null : `resp_${completion}`;
}

type ToldError = ReturnType<typeof toOpenAiEnvelope>['error'];
const MAX_FIRST_BYTES = 64 * 1024;

/** Events that pass by as they came: the first and the latest are remembered, for an end that we have to write. */
class RelayedEvents {
  #first: Buffer | null = null;
  #latest: Buffer | null = null;

  relay(bytes: Buffer): Buffer {
    this.#first ??= bytes.length <= MAX_FIRST_BYTES ? bytes : null;
    this.#latest = bytes;
    return bytes;
  }

  end(): string {
    return '';
  }

  /** An `error` and a `response.failed`, as OpenAI ends a stream that fails. */
  fail(error: ToldError): string {
    const sequence = sequenceAfter(this.#latest?.toString('utf8') ?? '');
    const response = responseInEvents(this.#first?.toString('utf8') ?? '');
    const failed: JsonObject = { ...response, status: 'failed', error: { code: error.code, message: error.message } };
    const end = response === null ? '' : toEventText({ type: 'response.failed', response: failed }, sequence + 1);
    return toEventText({ type: 'error', error: { ...error } }, sequence) + end;
  }
}
