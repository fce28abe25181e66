import { describe, expect, it } from 'vitest';
import { ConfigError, configVariables, loadConfig, type Config, type DeclaredProvider } from './index.ts';

const keyed: DeclaredProvider = {
  id: 'keyed',
  displayName: 'Keyed',
  defaultBaseUrl: 'https://keyed.example/v1',
  baseUrlVariable: 'KEYED_BASE_URL',
  baseUrlEndsBefore: '/chat/completions',
  settings: [
    {
      name: 'apiKey',
      description: 'the key of your account',
      isSecret: true,
      isRequired: true,
      variables: ['KEYED_API_KEY', 'KEYED_TOKEN'],
    },
    { name: 'project', description: 'the id of the project', isSecret: false, isRequired: true, variables: ['KEYED_PROJECT'] },
    { name: 'region', description: 'a region', isSecret: false, isRequired: false, variables: ['KEYED_REGION'] },
  ],
};

const keyless: DeclaredProvider = {
  id: 'keyless',
  displayName: 'Keyless',
  defaultBaseUrl: 'http://127.0.0.1:8000/v1',
  baseUrlVariable: 'KEYLESS_BASE_URL',
  settings: [{ name: 'apiKey', description: 'a key', isSecret: true, isRequired: false, variables: ['KEYLESS_API_KEY'] }],
};

const placeless: DeclaredProvider = {
  id: 'placeless',
  displayName: 'Placeless',
  defaultBaseUrl: null,
  baseUrlVariable: 'PLACELESS_ENDPOINT',
  settings: [
    { name: 'apiKey', description: 'a key', isSecret: true, isRequired: true, variables: ['PLACELESS_API_KEY'] },
    { name: 'models', description: 'model names', isSecret: false, isRequired: false, variables: ['ANTIPHON_PLACELESS_MODELS'] },
  ],
};

const DECLARED = [keyed, keyless, placeless];

function connectedBy(environment: Record<string, string>): Config['providers'] {
  return loadConfig(environment, DECLARED).providers;
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment, DECLARED);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, problem, fix }) => `${variable}: ${problem}; ${fix}`);
  }
  return [];
}

describe('providers of the environment', () => {
  it('are none when nothing is set, and an empty string is nothing', () => {
    expect(connectedBy({})).toEqual([]);
    expect(connectedBy({ KEYED_API_KEY: '', KEYED_PROJECT: ' ', KEYLESS_BASE_URL: '' })).toEqual([]);
  });

  it('have the usual base URL, their settings, and secrets that do not show', () => {
    const [provider, ...others] = connectedBy({ KEYED_TOKEN: ' key-of-the-test ', KEYED_PROJECT: 'p-1' });
    expect(others).toEqual([]);
    expect(provider).toMatchObject({ vendorId: 'keyed', baseUrl: 'https://keyed.example/v1', settings: { project: 'p-1' } });
    expect(provider?.secrets['apiKey']?.reveal()).toBe('key-of-the-test');
    expect(JSON.stringify(provider)).not.toContain('key-of-the-test');
  });

  it('read the first variable that is set, and a base URL without its last slash', () => {
    const environment = { KEYED_API_KEY: 'first', KEYED_TOKEN: 'second', KEYED_PROJECT: 'p', KEYED_BASE_URL: 'http://localhost:1/v1/' };
    const [provider] = connectedBy(environment);
    expect(provider?.secrets['apiKey']?.reveal()).toBe('first');
    expect(provider?.baseUrl).toBe('http://localhost:1/v1');
  });

  it('need no key where none is required: a base URL or a key alone connects', () => {
    expect(connectedBy({ KEYLESS_BASE_URL: 'http://10.0.0.9:8000/v1' })).toMatchObject([
      { vendorId: 'keyless', baseUrl: 'http://10.0.0.9:8000/v1' },
    ]);
    expect(connectedBy({ KEYLESS_API_KEY: 'k' })).toMatchObject([{ vendorId: 'keyless', baseUrl: 'http://127.0.0.1:8000/v1' }]);
  });

  it('are not meant by what other programs read too', () => {
    expect(connectedBy({ KEYED_REGION: 'eu', KEYED_PROJECT: 'p', KEYED_BASE_URL: 'https://other.example' })).toEqual([]);
  });

  it('that are half set are told with the change that mends them, all at once', () => {
    expect(problemsOf({ KEYED_API_KEY: 'k', PLACELESS_API_KEY: 'k', ANTIPHON_PORT: 'x' })).toEqual([
      'ANTIPHON_PORT: "x" is not valid; set ANTIPHON_PORT to a port from 0 to 65535 (0: any free one), or unset it',
      'KEYED_PROJECT: it is missing while KEYED_API_KEY is set; set KEYED_PROJECT to the id of the project, or unset KEYED_API_KEY',
      'PLACELESS_ENDPOINT: it is missing while PLACELESS_API_KEY is set; set PLACELESS_ENDPOINT to an http(s) URL, or unset PLACELESS_API_KEY',
    ]);
    expect(problemsOf({ PLACELESS_ENDPOINT: 'https://x.example', ANTIPHON_PLACELESS_MODELS: 'a,b' })).toEqual([
      'PLACELESS_API_KEY: it is missing while PLACELESS_ENDPOINT and ANTIPHON_PLACELESS_MODELS are set; set PLACELESS_API_KEY to a key, or unset PLACELESS_ENDPOINT and ANTIPHON_PLACELESS_MODELS',
    ]);
  });

  it('that cannot be read are told without their secrets', () => {
    expect(problemsOf({ KEYED_API_KEY: 'two\nlines', KEYED_PROJECT: 'p', KEYED_BASE_URL: 'ftp://x' })).toEqual([
      'KEYED_API_KEY: the value (not shown) is not valid; set KEYED_API_KEY to the key of your account, or unset it',
      'KEYED_BASE_URL: "ftp://x" is not valid; set KEYED_BASE_URL to an http(s) URL that ends before /chat/completions, or unset it',
    ]);
    expect(problemsOf({ KEYED_BASE_URL: 'nonsense' })).toHaveLength(1);
  });

  it('are among the variables that exist; others with our prefix are a slip', () => {
    expect(configVariables(DECLARED).map(({ name }) => name)).toContain('ANTIPHON_PLACELESS_MODELS');
    expect(problemsOf({ ANTIPHON_PLACELESS_MODEL: 'a' })).toEqual([
      'ANTIPHON_PLACELESS_MODEL: there is no such setting; unset ANTIPHON_PLACELESS_MODEL; the settings are listed in docs/operations/configuration.md',
    ]);
  });
});
