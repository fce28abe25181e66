import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { canonicalRequestOf, signatureHeadersOf } from './bedrock.sigv4.ts';

const NOW_MS = Date.UTC(2026, 10, 25, 9, 5, 7);
const SCOPE = { region: 'eu-central-1', service: 'bedrock' };
const KEYS = { accessKeyId: 'AKIAOFTHETEST', secretAccessKey: new Secret('secret-of-the-test'), sessionToken: null };
const REQUEST = {
  method: 'POST',
  url: 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse',
  contentType: 'application/json',
  body: '{"messages":[]}',
};

/** The signature by the steps of the specification, written out for this one request. */
function signatureByHand(canonical: string): string {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const key = ['20261125', 'eu-central-1', 'bedrock', 'aws4_request'].reduce<string | Buffer>(hmac, 'AWS4secret-of-the-test');
  const text = `AWS4-HMAC-SHA256\n20261125T090507Z\n20261125/eu-central-1/bedrock/aws4_request\n${sha256(canonical)}`;
  return hmac(key, text).toString('hex');
}

describe('a signature', () => {
  it('covers host, date, content type and body, with the path encoded once more', () => {
    const bodyHash = createHash('sha256').update(REQUEST.body).digest('hex');
    const canonical = [
      'POST',
      '/model/amazon.nova-lite-v1%253A0/converse',
      '',
      'content-type:application/json',
      'host:bedrock-runtime.eu-central-1.amazonaws.com',
      'x-amz-date:20261125T090507Z',
      '',
      'content-type;host;x-amz-date',
      bodyHash,
    ].join('\n');
    expect(signatureHeadersOf(REQUEST, KEYS, SCOPE, NOW_MS)).toEqual({
      'x-amz-date': '20261125T090507Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAOFTHETEST/20261125/eu-central-1/bedrock/aws4_request, ' +
        `SignedHeaders=content-type;host;x-amz-date, Signature=${signatureByHand(canonical)}`,
    });
  });

  it('covers the token of temporary keys, and sends it', () => {
    const headers = signatureHeadersOf(REQUEST, { ...KEYS, sessionToken: new Secret('token-of-the-test') }, SCOPE, NOW_MS);
    expect(headers['x-amz-security-token']).toBe('token-of-the-test');
    expect(headers['authorization']).toContain('SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,');
  });

  it.each([
    ['body', { ...REQUEST, body: '{"messages":[1]}' }],
    ['path', { ...REQUEST, url: REQUEST.url.replace('lite', 'pro') }],
    ['host', { ...REQUEST, url: REQUEST.url.replace('.com/', '.com:8443/') }],
    ['method', { ...REQUEST, method: 'PUT' }],
    ['query', { ...REQUEST, url: `${REQUEST.url}?a=1` }],
  ])('is another for another %s', (_what, changed) => {
    const before = signatureHeadersOf(REQUEST, KEYS, SCOPE, NOW_MS)['authorization'];
    expect(signatureHeadersOf(changed, KEYS, SCOPE, NOW_MS)['authorization']).not.toBe(before);
  });

  it('encodes the slashes and colons of an ARN as one segment, twice', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc';
    const path = `/model/${encodeURIComponent(arn)}/converse`;
    const canonical = canonicalRequestOf({ method: 'POST', path, query: [], headers: [], body: '' });
    expect(canonical.split('\n')[1]).toBe(
      '/model/arn%253Aaws%253Abedrock%253Aus-east-1%253A123456789012%253Aapplication-inference-profile%252Fabc/converse',
    );
  });
});
