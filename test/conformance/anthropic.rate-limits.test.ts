import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toUpstreamResponse } from '../../server/src/modules/providers/adapters/anthropic/anthropic.exchange.ts';

const FOLDER = new URL('../../../shared/fixtures/providers/anthropic/', import.meta.url);
const heads = !existsSync(FOLDER)
  ? []
  : readdirSync(FOLDER)
      .filter((name) => name.endsWith('.response.json'))
      .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { status: number; headers?: Record<string, string> });
const told = heads.filter(({ headers }) => /^\d+$/.test(headers?.['anthropic-ratelimit-requests-remaining'] ?? ''));

describe.skipIf(heads.length === 0)('recorded rate limits of Anthropic', () => {
  it('are all read: requests, the tightest of tokens, and when they are whole again', () => {
    // Some recorders put words in the place of the numbers of tokens.
    expect(told.length).toBeGreaterThan(25);
    for (const { status, headers = {} } of told) {
      const reset = headers['anthropic-ratelimit-requests-reset'] ?? '';
      const date = new Date(Date.parse(reset) - 1500).toUTCString();
      const { headroom } = toUpstreamResponse(status, { ...headers, date });
      expect(headroom?.requests?.limit).toBe(Number(headers['anthropic-ratelimit-requests-limit']));
      expect(headroom?.requests?.remaining).toBe(Number(headers['anthropic-ratelimit-requests-remaining']));
      expect(headroom?.requests?.resetMs).toBe(2000);
      if (!/^\d+$/.test(headers['anthropic-ratelimit-tokens-remaining'] ?? '')) continue;
      const kinds = ['tokens', 'input-tokens', 'output-tokens'];
      const shares = kinds.map(
        (kind) => Number(headers[`anthropic-ratelimit-${kind}-remaining`]) / Number(headers[`anthropic-ratelimit-${kind}-limit`]),
      );
      const { limit, remaining } = headroom?.tokens ?? { limit: null, remaining: -1 };
      expect(remaining / (limit ?? 1)).toBe(Math.min(...shares));
    }
  });
});
