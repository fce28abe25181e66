import { errors } from 'undici';
import { HttpClientError, type ExchangePhase } from './http-client.ts';

/** Requests that undici refuses to write. */
const UNSENDABLE_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
]);

/** What undici and the socket report, as one of our kinds. Texts name the origin and never a header, a path or a body. */
export function toHttpClientError(error: Error, phase: ExchangePhase, origin: string, receivedBytes: number): HttpClientError {
  if (error instanceof HttpClientError) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const options = { cause: error, phase };
  if (UNSENDABLE_CODES.has(code)) return new HttpClientError('protocol', `the request cannot be sent: ${error.message}`, options);
  if (phase === 'connect') return toConnectError(error, code, origin);
  if (isProtocolBreach(error, code, phase))
    // Without its cause: a parser error carries the bytes it stumbled over.
    return new HttpClientError('protocol', `${origin} answered with something that is not valid HTTP: ${error.message}`, { phase });
  const where = phase === 'headers' ? 'before it answered' : `after ${receivedBytes} bytes of its answer`;
  return new HttpClientError('reset', `${origin} ended the connection ${where}${code === '' ? '' : ` (${code})`}`, { phase });
}

/** The other side broke the protocol, though the connection held. Undici gives parser errors no code, so their text decides. */
function isProtocolBreach(error: Error, code: string, phase: ExchangePhase): boolean {
  // An end of input is a connection that closed too early, not a breach.
  if (error instanceof errors.HTTPParserError) return !error.message.includes('Invalid EOF state');
  switch (code) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return true;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      // Before the head is complete it means two contradicting lengths; afterwards a body that ended early.
      return phase === 'headers';
    case 'UND_ERR_SOCKET':
      return error.message === 'bad response' || error.message === 'bad upgrade';
    default:
      return false;
  }
}

function toConnectError(error: Error, code: string, origin: string): HttpClientError {
  const options = { cause: error, phase: 'connect' as const };
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new HttpClientError('timeout', `no connection to ${origin}: ${error.message}`, options);
  return new HttpClientError('connect', `cannot connect to ${origin} (${code || error.message})`, options);
}
