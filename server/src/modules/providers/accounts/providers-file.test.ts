import { describe, expect, it } from 'vitest';
import { Secret } from '../../../kernel/crypto/index.ts';
import { parseProvidersFile, type ProvidersFile } from './providers-file.ts';

const MARKER = 'marker-of-a-secret';

function parse(content: unknown, values: Readonly<Record<string, string>> = {}): ProvidersFile {
  const find = (name: string): Secret | null => (values[name] === undefined ? null : new Secret(values[name]));
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return parseProvidersFile({ path: '/etc/providers.json', text, variable: find, readFile: find });
}

function problemsOf(content: unknown): string {
  try {
    parse(content);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
}

describe('the providers file', () => {
  it('names accounts with several credentials, private base URLs and aliases', () => {
    const { accounts, aliases } = parse(
      {
        providers: [
          {
            vendor: 'openai',
            name: 'openai-eu',
            displayName: 'OpenAI in Europe',
            baseUrl: 'https://eu.example.com/v1/',
            headers: { 'X-Team': 'blue' },
            credentials: [
              { name: 'a', secrets: { apiKey: 'key-of-the-test-aaaa' } },
              { name: 'b', secrets: { apiKey: { variable: 'KEY_B' } } },
              { name: 'c', secrets: { apiKey: { file: 'key-c' } }, isEnabled: false },
            ],
          },
          {
            vendor: 'compatible',
            name: 'gpu',
            baseUrl: 'http://10.0.0.7:8000/v1',
            models: ['llama', 'llama'],
            credentials: [{ name: 'none' }],
          },
        ],
        aliases: [{ name: 'fast', targets: ['gpu/llama'] }],
      },
      { KEY_B: 'key-of-the-test-bbbb', 'key-c': 'key-of-the-test-cccc' },
    );
    expect(accounts.map(({ providerId, source, baseUrl, egress, models }) => ({ providerId, source, baseUrl, egress, models }))).toEqual([
      { providerId: 'openai-eu', source: 'FILE', baseUrl: 'https://eu.example.com/v1', egress: 'operator', models: [] },
      { providerId: 'gpu', source: 'FILE', baseUrl: 'http://10.0.0.7:8000/v1', egress: 'operator', models: ['llama'] },
    ]);
    const [account] = accounts;
    expect(
      account?.credentials.map(({ name, hint, isEnabled, secrets }) => [name, hint, isEnabled, secrets?.['apiKey']?.reveal()]),
    ).toEqual([
      ['a', 'aaaa', true, 'key-of-the-test-aaaa'],
      ['b', 'bbbb', true, 'key-of-the-test-bbbb'],
      ['c', 'cccc', false, 'key-of-the-test-cccc'],
    ]);
    expect(account?.headers['x-team']?.reveal()).toBe('blue');
    expect(aliases).toMatchObject([{ name: 'fast', targets: ['gpu/llama'], source: 'FILE' }]);
  });

  it('gives the same ids at every reading', () => {
    const content = { providers: [{ vendor: 'openai', credentials: [{ name: 'a', secrets: { apiKey: 'key' } }] }] };
    const [first, second] = [parse(content), parse(content)];
    expect(first.accounts[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second.accounts[0]?.id).toBe(first.accounts[0]?.id);
    expect(second.accounts[0]?.credentials[0]?.id).toBe(first.accounts[0]?.credentials[0]?.id);
  });

  it('tells every problem at once, with its place', () => {
    const message = problemsOf({
      providers: [
        { vendor: 'nobody', credentials: [{ name: 'a' }] },
        { vendor: 'openai', name: 'Bad Name', baseUrl: 'nowhere', credentials: [{ name: 'a', secrets: {} }] },
        {
          vendor: 'compatible',
          name: 'gpu',
          headers: { host: 'x' },
          credentials: [{ name: 'a', secrets: { apiKey: { variable: 'UNSET' } } }],
        },
        { vendor: 'openai', name: 'twice', credentials: [{ name: 'a', secrets: { apiKey: 'x' } }] },
        { vendor: 'openai', name: 'twice', credentials: [{ name: 'a', secrets: { apiKey: { file: 'gone' } } }] },
      ],
      aliases: [{ name: 'a/b', targets: [] }],
    });
    for (const part of [
      '/etc/providers.json (ANTIPHON_PROVIDERS_FILE) has problems:',
      'providers.0.vendor: There is no vendor',
      'providers.1.name: A name has',
      'providers.1.baseUrl: This is no URL',
      'providers.1.credentials.0.secrets: OpenAI needs apiKey',
      'providers.2.baseUrl: OpenAI-compatible server has no usual base URL',
      'providers.2.headers.0.name: The header host belongs to the connection',
      'providers.2.credentials.0.secrets.apiKey: The environment variable UNSET is not set.',
      'providers.4.credentials.0.secrets.apiKey: The file gone cannot be read, or is empty.',
      'providers: The name "twice" is used twice',
      'aliases.0.name: An alias has',
      'aliases.0.targets: An alias names 1 to 8 models',
    ])
      expect(message).toContain(part);
  });

  it('refuses what it does not know, so that a slip is not ignored', () => {
    expect(problemsOf({ provider: [] })).toContain('has problems');
    expect(problemsOf({ providers: [{ vendor: 'openai', credential: [] }] })).toContain('providers.0');
    expect(problemsOf({ providers: [{ vendor: 'openai', credentials: [] }] })).toContain('providers.0.credentials');
    expect(problemsOf([])).toContain('the file: ');
  });

  it('never repeats a secret', () => {
    for (const content of [
      `{"providers": [{"vendor": "openai", "credentials": [{"name": "a", "secrets": {"apiKey": "${MARKER}"}}]`,
      { providers: [{ vendor: 'openai', credentials: [{ name: 'a', secrets: { apiKey: `${MARKER}\n` } }] }] },
      { providers: [{ vendor: 'openai', credentials: [{ name: 'a', secrets: { apiKey: { vairable: MARKER } } }] }] },
      { providers: [{ vendor: 'openai', headers: { 'x-a': `${MARKER}\n` }, credentials: [{ name: 'a', secrets: { apiKey: 'x' } }] }] },
    ]) {
      const message = problemsOf(content);
      expect(message).toContain('ANTIPHON_PROVIDERS_FILE');
      expect(message).not.toContain(MARKER);
    }
  });
});
