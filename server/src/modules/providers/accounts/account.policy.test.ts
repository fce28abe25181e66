import { describe, expect, it } from 'vitest';
import { findVendor, type Vendor } from '../vendors/index.ts';
import {
  hintOf,
  problemsOfAliasName,
  problemsOfModels,
  problemsOfName,
  problemsOfOverlap,
  problemsOfProviderId,
  problemsOfSecrets,
  problemsOfSettings,
  problemsOfTargets,
  settingsOf,
  vendorProblem,
} from './account.policy.ts';
import { decideAccountUrl, decideBaseUrl, readBaseUrl } from './base-url.ts';
import { problemsOfHeaders } from './header.policy.ts';

function vendorOf(id: string): Vendor {
  const vendor = findVendor(id);
  if (vendor === null) throw new Error(`no vendor ${id}`);
  return vendor;
}
const openai = vendorOf('openai');
const compatible = vendorOf('compatible');
const MARKER = 'marker-of-a-secret';

describe('the name of an account', () => {
  it('is free unless it is a vendor’s own', () => {
    for (const name of ['openai', 'openai-eu', 'team.prod', 'a1']) expect(problemsOfProviderId(name, 'openai'), name).toEqual([]);
    expect(problemsOfProviderId('anthropic', 'openai')[0]?.message).toContain('means Anthropic');
    expect(problemsOfProviderId('local', 'openai')[0]?.message).toContain('belongs to the models of this server');
  });

  it('cannot be taken apart wrongly', () => {
    for (const name of ['', 'A', '1a', 'a/b', 'a b', 'a--b', '-a', 'a-', `a${'b'.repeat(64)}`, 'a\n'])
      expect(problemsOfProviderId(name, 'openai'), JSON.stringify(name)).toHaveLength(1);
  });

  it('for people is one line', () => {
    expect(problemsOfName('Our account', 'displayName')).toEqual([]);
    for (const name of ['', '   ', 'x'.repeat(201), 'a\nb', 'a\u0000'])
      expect(problemsOfName(name, 'displayName'), JSON.stringify(name)).toHaveLength(1);
  });
});

describe('a vendor’s settings', () => {
  it('must be known and complete', () => {
    expect(problemsOfSecrets(openai, { apiKey: 'key-of-the-test' })).toEqual([]);
    expect(problemsOfSecrets(openai, {})).toEqual([{ path: ['secrets'], message: 'OpenAI needs apiKey: the key of your OpenAI account.' }]);
    expect(problemsOfSecrets(openai, { apiKey: 'key', token: 'x' })[0]?.message).toBe('OpenAI has no secret named token. It takes apiKey.');
    expect(problemsOfSettings(openai, { region: 'eu' })[0]?.message).toMatch(/^OpenAI has no setting named region\./);
  });

  it('leave out the models, which are asked for on their own', () => {
    expect(settingsOf(compatible).map(({ name }) => name)).not.toContain('models');
    expect(problemsOfSettings(compatible, {})).toEqual([]);
  });

  it('never repeat a value, nor what may be one in the place of a name', () => {
    const problems = [
      ...problemsOfSecrets(openai, { apiKey: `${MARKER}\n` }),
      ...problemsOfSecrets(openai, { apiKey: `${MARKER}${'x'.repeat(20_000)}` }),
      ...problemsOfSecrets(openai, { [MARKER]: 'x' }),
      ...problemsOfSettings(openai, { [`${MARKER} `]: MARKER }),
    ];
    expect(problems.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(problems)).not.toContain(MARKER);
  });

  it('take key files with several lines, and no other line breaks', () => {
    for (const value of ['{\n  "type": "service_account"\n}', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])
      expect(problemsOfSecrets(openai, { apiKey: value })).toEqual([]);
    for (const value of ['', 'a\r\nx-evil: 1', 'a\u0000', 'ключ']) expect(problemsOfSecrets(openai, { apiKey: value })).toHaveLength(1);
  });

  it('do not trip over names that objects have by themselves', () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(
        problemsOfSecrets(
          openai,
          Object.fromEntries([
            ['apiKey', 'x'],
            [name, 'y'],
          ]),
        ),
        name,
      ).toHaveLength(1);
  });
});

describe('the hint', () => {
  it('is the last four characters of a secret that is long enough', () => {
    expect(hintOf(openai, { apiKey: 'key-of-the-test-1234' })).toBe('1234');
    expect(hintOf(openai, { apiKey: 'short-12345' })).toBeNull();
    expect(hintOf(openai, {})).toBeNull();
  });
});

describe('a base URL', () => {
  const none = new Set<string>();

  it('is HTTPS on the public internet', () => {
    expect(decideBaseUrl('https://gateway.example.com/v1/', openai, none)).toEqual({
      kind: 'accepted',
      baseUrl: 'https://gateway.example.com/v1',
      egress: 'public',
    });
    expect(decideBaseUrl('http://gateway.example.com/v1', openai, none)).toMatchObject({ kind: 'refused' });
  });

  it('is no private address, however it is written', () => {
    for (const host of [
      '127.0.0.1',
      'localhost',
      'x.localhost',
      'localhost.',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[fd00::1]',
      '[fe80::1]',
      '0.0.0.0',
      '100.64.0.1',
    ])
      expect(decideBaseUrl(`https://${host}/v1`, openai, none), host).toMatchObject({ kind: 'refused' });
  });

  it('may be private where the operator allowed exactly that origin', () => {
    const allowed = new Set(['http://10.0.0.7:8000']);
    expect(decideBaseUrl('http://10.0.0.7:8000/v1', openai, allowed)).toMatchObject({ kind: 'accepted', egress: 'operator' });
    for (const other of ['http://10.0.0.7:8001/v1', 'https://10.0.0.7:8000/v1', 'http://10.0.0.8:8000/v1', 'http://10.0.0.7/v1'])
      expect(decideBaseUrl(other, openai, allowed), other).toMatchObject({ kind: 'refused' });
  });

  it('holds no credential, query or fragment, and is not repeated when it is none', () => {
    for (const text of [
      `https://user:${MARKER}@example.com`,
      `https://example.com?key=${MARKER}`,
      `https://example.com#${MARKER}`,
      MARKER,
      `ftp://${MARKER}`,
      `https://example.com/${'x'.repeat(2000)}`,
    ]) {
      const decision = readBaseUrl(text, openai);
      expect(decision.kind, text).toBe('refused');
      expect(JSON.stringify(decision)).not.toContain(MARKER);
    }
  });

  it('ends before the part that requests add', () => {
    expect(readBaseUrl('https://api.openai.com/v1/chat/completions', openai)).toEqual({
      kind: 'refused',
      message: 'The base URL ends before /chat/completions: leave that part out.',
    });
  });

  it('is the vendor’s own when none is given, and needed where there is none', () => {
    expect(decideAccountUrl(null, openai, none)).toEqual({ kind: 'accepted', baseUrl: null, egress: 'public' });
    expect(decideAccountUrl(null, compatible, none)).toMatchObject({ kind: 'refused' });
  });

  it('of a vendor at home on this machine is private as well', () => {
    expect(decideAccountUrl(null, vendorOf('ollama'), none)).toMatchObject({ kind: 'refused' });
  });
});

describe('a header', () => {
  const problemOf = (name: string, value = 'x'): string | null => problemsOfHeaders([{ name, value }])[0]?.message ?? null;

  it('is one that a gateway may want', () => {
    for (const name of ['x-portkey-config', 'helicone-auth', 'cf-aig-authorization', 'OpenAI-Organization', 'anthropic-beta'])
      expect(problemOf(name), name).toBeNull();
  });

  it('is none of the connection', () => {
    for (const name of [
      'Host',
      'connection',
      'Content-Length',
      'transfer-encoding',
      'Upgrade',
      'proxy-authorization',
      'te',
      'expect',
      'cookie',
      'x-forwarded-for',
    ])
      expect(problemOf(name), name).toContain('belongs to the connection');
  });

  it('is none that carries the credential, and says where that belongs', () => {
    for (const name of ['Authorization', 'x-api-key', 'api-key', 'X-Goog-Api-Key'])
      expect(problemOf(name), name).toContain('Give the key as a credential');
  });

  it('cannot smuggle another', () => {
    for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'ä', 'x'.repeat(101)]) expect(problemOf(name), JSON.stringify(name)).not.toBeNull();
    for (const value of ['', 'a\r\nb: c', 'a\u0000', 'x'.repeat(5000)])
      expect(problemOf('x-ok', value), JSON.stringify(value)).not.toBeNull();
    expect(problemOf('x-ok', `${MARKER}\n`)).not.toContain(MARKER);
  });

  it('comes once, and twenty at most', () => {
    expect(
      problemsOfHeaders([
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ]),
    ).toEqual([{ path: ['headers', '1', 'name'], message: 'The header x-a is given twice.' }]);
    expect(problemsOfHeaders(Array.from({ length: 21 }, (_, index) => ({ name: `x-${index}`, value: '1' })))).toHaveLength(1);
  });
});

describe('other bounds', () => {
  it('hold for models, overlaps, aliases and vendors', () => {
    expect(problemsOfModels(['a', 'org/model:tag'])).toEqual([]);
    expect(problemsOfModels(['', 'a\nb', 'x'.repeat(401)]).map(({ path }) => path)).toEqual([
      ['models', '0'],
      ['models', '1'],
      ['models', '2'],
    ]);
    expect(problemsOfModels(Array.from({ length: 101 }, (_, index) => `m${index}`))).toHaveLength(1);
    expect(problemsOfOverlap(0)).toEqual([]);
    expect(problemsOfOverlap(2_592_000)).toEqual([]);
    expect([...problemsOfOverlap(-1), ...problemsOfOverlap(2_592_001)]).toHaveLength(2);
    for (const name of ['fast', 'gpt-4.1', 'a_b:c@1']) expect(problemsOfAliasName(name), name).toEqual([]);
    for (const name of ['', '-a', 'a/b', 'a b', 'x'.repeat(101)]) expect(problemsOfAliasName(name), name).toHaveLength(1);
    expect(problemsOfTargets('fast', [])).toHaveLength(1);
    expect(
      problemsOfTargets(
        'fast',
        Array.from({ length: 9 }, (_, index) => `m${index}`),
      ),
    ).toHaveLength(1);
    expect(problemsOfTargets('fast', ['fast', 'a', 'a', ''])).toHaveLength(3);
    expect(vendorProblem('nobody')[0]?.message).toContain('There are openai, anthropic');
  });
});
