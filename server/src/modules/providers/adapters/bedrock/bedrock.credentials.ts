/** How requests to AWS are authorised: signed with keys, or with an API key of Bedrock as a bearer token. */
import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { HttpClient, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import { signatureHeadersOf, type AwsKeys, type SigningScope } from './bedrock.sigv4.ts';

export type AwsCredentials = ({ readonly kind: 'keys' } & AwsKeys) | { readonly kind: 'bearer'; readonly token: Secret };

/**
 * A client that authorises what it sends, for any wire of AWS: this adapter's own and those of others behind the same account.
 * An `authorization` the request brings is replaced. Closing it closes nothing.
 */
export function createAwsHttpClient(
  client: HttpClient,
  credentials: AwsCredentials,
  scope: SigningScope,
  clock: Pick<Clock, 'nowMs'>,
): HttpClient {
  const authorise = (request: OutboundRequest): OutboundRequest => {
    const headers = { ...request.headers, ...authorizationHeadersOf(request, credentials, scope, clock.nowMs()) };
    return { ...request, headers };
  };
  return {
    send: (request) => client.send(authorise(request)),
    stream: (request, receiver) => client.stream(authorise(request), receiver),
    close: () => Promise.resolve(),
  };
}

function authorizationHeadersOf(
  request: OutboundRequest,
  credentials: AwsCredentials,
  scope: SigningScope,
  nowMs: number,
): Record<string, string> {
  if (credentials.kind === 'bearer') return { authorization: `Bearer ${credentials.token.reveal()}` };
  const { method, url, headers, body } = request;
  return signatureHeadersOf({ method, url, contentType: headers['content-type'] ?? null, body: body ?? '' }, credentials, scope, nowMs);
}
