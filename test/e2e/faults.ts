import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../../server/src/kernel/errors/index.ts';
import {
  beginStream,
  errorBody,
  plainBody,
  plainEvents,
  reset,
  sendJson,
  toEvent,
  type UpstreamRequest,
  type Wire,
} from '../testkit/upstream.ts';

/** What must become of a fault. */
export interface Expected {
  readonly code: ErrorCode | null;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
  /** `VOID` by default; `ESTIMATED` once the provider had begun to answer. */
  readonly basis?: 'VOID' | 'ESTIMATED' | 'ACTUAL';
  /** What the caller had of the answer before. */
  readonly content?: string;
  readonly retryAfterMs?: number;
  /** The provider's words explain the caller's own input and are shown. */
  readonly showsWords?: boolean;
  readonly deadlineMs?: number;
}

export interface Fault {
  readonly name: string;
  readonly answer: (wire: Wire, response: ServerResponse, request: UpstreamRequest) => void | Promise<void>;
  /** Null: it cannot happen to such a call. */
  readonly whole: ((wire: Wire) => Expected) | null;
  readonly stream: ((wire: Wire) => Expected) | null;
}

/** Stands in every text of the upstream; only `invalid` and its like may show it. */
export const UPSTREAM_WORDS = 'upstream-words-7c1f';
/** Have the shape of keys; may be shown nowhere at all. */
export const LEAKED_KEYS = ['sk-proj-leaked0123456789', 'sk-ant-api03-leaked0123456789'] as const;
/** The sentence of an error as a careless provider writes it. */
const WORDS = `${UPSTREAM_WORDS}: key ${LEAKED_KEYS[0]} of Bearer ${LEAKED_KEYS[1]}`;
/** What comes before a fault in the middle of a stream. */
const BEFORE = ['One ', 'two '] as const;
const HANG_DEADLINE_MS = 1500;

type Reply = Fault['answer'];
const status =
  (
    code: number | ((wire: Wire) => number),
    type: string,
    extra: { code?: string; param?: string; message?: string } = {},
    headers = {},
  ): Reply =>
  (wire, response) =>
    sendJson(
      response,
      typeof code === 'number' ? code : code(wire),
      errorBody(wire, { message: extra.message ?? WORDS, type, ...extra }),
      headers,
    );

function both(expected: Expected | ((wire: Wire) => Expected)): Pick<Fault, 'whole' | 'stream'> {
  const of = typeof expected === 'function' ? expected : () => expected;
  return { whole: of, stream: of };
}

const failed = (errorClass: string, httpStatus: number | null): Expected => ({ code: 'PROVIDER_FAILED', errorClass, httpStatus });

/** Faults that the provider tells by a status. */
const TOLD: readonly Fault[] = [
  { name: 'unauthorized', answer: status(401, 'authentication_error', { code: 'invalid_api_key' }), ...both(failed('auth', 401)) },
  { name: 'forbidden', answer: status(403, 'permission_error'), ...both(failed('auth', 403)) },
  {
    name: 'unknown-model',
    answer: status(404, 'not_found_error', { code: 'model_not_found' }),
    ...both({ code: 'NOT_FOUND', errorClass: 'not-found', httpStatus: 404 }),
  },
  {
    name: 'rate-limited',
    answer: status(429, 'rate_limit_error', { code: 'rate_limit_exceeded' }, { 'retry-after': '7' }),
    ...both({ code: 'RATE_LIMITED', errorClass: 'rate-limit', httpStatus: 429, retryAfterMs: 7000 }),
  },
  {
    name: 'out-of-quota',
    answer: (wire, response) =>
      status(wire === 'openai' ? 429 : 400, wire === 'openai' ? 'insufficient_quota' : 'invalid_request_error', {
        code: 'insufficient_quota',
        message: `Your credit balance is too low. ${WORDS}`,
      })(wire, response, NO_REQUEST),
    ...both((wire) => failed('quota', wire === 'openai' ? 429 : 400)),
  },
  {
    name: 'invalid',
    answer: status(400, 'invalid_request_error', { param: 'temperature', code: 'invalid_value', message: `temperature: ${WORDS}` }),
    ...both({ code: 'INVALID_INPUT', errorClass: 'invalid', httpStatus: 400, showsWords: true }),
  },
  {
    name: 'too-long',
    answer: status(400, 'invalid_request_error', { code: 'context_length_exceeded', message: `prompt is too long: ${WORDS}` }),
    ...both({ code: 'CONTEXT_TOO_LONG', errorClass: 'too-long', httpStatus: 400, showsWords: true }),
  },
  {
    name: 'blocked',
    answer: status(400, 'invalid_request_error', {
      code: 'content_filter',
      message: `Output blocked by content filtering policy ${WORDS}`,
    }),
    ...both({ code: 'CONTENT_BLOCKED', errorClass: 'blocked', httpStatus: 400, showsWords: true }),
  },
  { name: 'failed', answer: status(500, 'api_error'), ...both(failed('overloaded', 500)) },
  {
    name: 'overloaded',
    answer: (wire, response) =>
      status(wire === 'openai' ? 503 : 529, 'overloaded_error', {}, { 'retry-after': '3' })(wire, response, NO_REQUEST),
    ...both((wire) => ({ ...failed('overloaded', wire === 'openai' ? 503 : 529), retryAfterMs: 3000 })),
  },
  {
    name: 'redirect',
    answer: (_wire, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(WORDS),
    ...both(failed('malformed', 302)),
  },
];

const NO_REQUEST: UpstreamRequest = {
  path: '',
  headers: {},
  text: '',
  form: null,
  body: {},
  isStream: false,
  wasCutOff: Promise.resolve(false),
};

/** Faults below HTTP or in the answer itself, before any output. */
const BROKEN: readonly Fault[] = [
  {
    name: 'hangs before its head',
    answer: () => undefined,
    // It has read the input and goes on without us, so the input is paid for.
    ...both({ code: 'TIMEOUT', errorClass: 'timeout', httpStatus: null, basis: 'ESTIMATED', deadlineMs: HANG_DEADLINE_MS }),
  },
  {
    name: 'resets within its head',
    answer: (_wire, response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\ncontent-ty', () => reset(response));
    },
    ...both(failed('transport', null)),
  },
  {
    name: 'garbage instead of HTTP',
    answer: (_wire, response) => {
      response.socket?.end(`\u0000\u0001 ${WORDS} not http at all\r\n\r\n`);
    },
    ...both(failed('malformed', null)),
  },
  {
    name: 'empty answer',
    answer: (_wire, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(),
    ...both(failed('malformed', 200)),
  },
  {
    name: 'garbage instead of JSON',
    answer: (wire, response, { isStream }) => {
      if (isStream) beginStream(response).end(toEvent(wire, `{"choices": [ ${WORDS}`));
      else response.writeHead(200, { 'content-type': 'application/json' }).end(`{"choices": [ ${WORDS}`);
    },
    ...both(failed('malformed', 200)),
  },
  {
    name: 'a page of HTML',
    answer: (_wire, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${WORDS}</body></html>`),
    ...both(failed('malformed', 200)),
  },
  {
    name: 'an error with status 200',
    answer: (wire, response) => sendJson(response, 200, errorBody(wire, { message: WORDS, type: 'overloaded_error', code: 'overloaded' })),
    ...both(failed('overloaded', 200)),
  },
  {
    name: 'an error as the first event',
    answer: (wire, response) =>
      void beginStream(response).end(toEvent(wire, errorBody(wire, { message: WORDS, type: 'overloaded_error', code: 'overloaded' }))),
    whole: null,
    stream: () => failed('overloaded', 200),
  },
  {
    name: 'larger than any answer',
    answer: (_wire, response, { isStream }) =>
      void response
        .writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json', 'content-length': '9999999999' })
        .write('{'),
    ...both(failed('malformed', null)),
  },
];

/** Faults once the answer has begun. A stream's caller has seen some of it, and it is paid as estimated. */
function within(
  name: string,
  fault: (wire: Wire, response: ServerResponse) => void,
  stream: Expected,
  whole: ((wire: Wire) => Expected) | null,
): Fault {
  return {
    name,
    answer: async (wire, response, { isStream }) => {
      if (isStream) {
        const { head, words } = plainEvents(wire, BEFORE);
        await new Promise<void>((resolve) => beginStream(response).write([...head, ...words].join(''), () => resolve()));
      } else {
        const text = JSON.stringify(plainBody(wire, 'never seen'));
        const headers = { 'content-type': 'application/json', 'content-length': String(text.length) };
        await new Promise<void>((resolve) => response.writeHead(200, headers).write(text.slice(0, 40), () => resolve()));
      }
      fault(wire, response);
    },
    stream: () => ({ basis: 'ESTIMATED', content: BEFORE.join(''), ...stream }),
    whole,
  };
}

const BEGUN: readonly Fault[] = [
  within(
    'hangs within its answer',
    () => undefined,
    { code: 'TIMEOUT', errorClass: 'timeout', httpStatus: 200, deadlineMs: HANG_DEADLINE_MS },
    () => ({ code: 'TIMEOUT', errorClass: 'timeout', httpStatus: null, basis: 'ESTIMATED', deadlineMs: HANG_DEADLINE_MS }),
  ),
  within(
    'resets within its answer',
    (_wire, response) => reset(response),
    failed('transport', 200),
    () => failed('transport', null),
  ),
  within(
    'closes within its answer',
    (_wire, response) => response.socket?.end(),
    failed('transport', 200),
    () => failed('transport', null),
  ),
  within(
    'an error as a later event',
    (wire, response) => response.end(toEvent(wire, errorBody(wire, { message: WORDS, type: 'overloaded_error', code: 'overloaded' }))),
    failed('overloaded', 200),
    null,
  ),
  within('garbage as a later event', (wire, response) => response.end(toEvent(wire, '{"x": garbage')), failed('malformed', 200), null),
  within('half a stream without an end', (_wire, response) => response.end(), failed('malformed', 200), null),
];

/** No fault at all, however it looks. */
const FINE: readonly Fault[] = [
  {
    name: 'a slow drip, cut anywhere',
    answer: async (wire, response, { isStream }) => {
      const { head, words, end } = plainEvents(wire, BEFORE);
      const bytes = Buffer.from(isStream ? [...head, ...words, ...end].join('') : JSON.stringify(plainBody(wire, BEFORE.join(''))));
      if (isStream) beginStream(response);
      else response.writeHead(200, { 'content-type': 'application/json' });
      for (const byte of bytes) await new Promise<void>((resolve) => response.write(Buffer.of(byte), () => resolve()));
      response.end();
    },
    ...both({ code: null, errorClass: null, httpStatus: 200, basis: 'ACTUAL', content: BEFORE.join('') }),
  },
];

/** Those whose answers look alike on all wires of a vendor. */
export const FAULTS_OF_ANY_WIRE: readonly Fault[] = [...TOLD, ...BROKEN];
export const FAULTS: readonly Fault[] = [...TOLD, ...BROKEN, ...BEGUN, ...FINE];

/** Names a fault in a prompt; the upstream finds it there, whatever the door. */
export function promptFor(fault: Fault, marker: string): string {
  return `${marker} [fault ${FAULTS.indexOf(fault)}]`;
}

export function faultOf({ text }: UpstreamRequest): Fault {
  const fault = FAULTS[Number(/\[fault (\d+)\]/.exec(text)?.[1])];
  if (fault === undefined) throw new Error(`no fault is named in ${text}`);
  return fault;
}
