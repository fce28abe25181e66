import { describe, expect, it } from 'vitest';
import { ProviderError, type Provider } from './contract.ts';
import { guardProvider, withoutSecrets } from './guarded-provider.ts';

const SECRET = 'a-key-of-no-known-shape';

class Refusing {
  readonly id = 'refusing';
  readonly #message = `The header was ${SECRET}, and ${SECRET} again.`;

  async complete(): Promise<never> {
    await Promise.resolve();
    throw new ProviderError('invalid', 'Refused.', { callerMessage: this.#message, httpStatus: 400, param: 'model' });
  }

  async probe(): Promise<void> {
    await Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}

const open = (secrets: readonly string[]): Provider => guardProvider(new Refusing() as unknown as Provider, secrets);

describe('a guarded provider', () => {
  it('tells callers nothing of its secrets, and everything else as it was', async () => {
    await expect(open([SECRET]).complete({} as never)).rejects.toMatchObject({
      name: 'ProviderError',
      errorClass: 'invalid',
      message: 'Refused.',
      httpStatus: 400,
      param: 'model',
      callerMessage: 'The header was [redacted], and [redacted] again.',
    });
  });

  it('would tell them without the guard', async () => {
    await expect(open([]).complete({} as never)).rejects.toMatchObject({ callerMessage: expect.stringContaining(SECRET) as string });
  });

  it('has the methods that the provider has, and no others', async () => {
    const provider = open([SECRET]);
    expect(provider).toMatchObject({ id: 'refusing' });
    expect([typeof provider.complete, typeof provider.relay, typeof provider.embed]).toEqual(['function', 'undefined', 'undefined']);
    await provider.probe(new AbortController().signal);
    await provider.close();
  });
});

describe('a text without secrets', () => {
  it.each([
    [`before ${SECRET} after`, 'before [redacted] after'],
    [`cut within ${SECRET.slice(0, 12)}…`, 'cut within [redacted]…'],
    [`cut within ${SECRET.slice(0, 12)}`, 'cut within [redacted]'],
    [`a few characters ${SECRET.slice(0, 5)}`, `a few characters ${SECRET.slice(0, 5)}`],
    ['nothing of it', 'nothing of it'],
  ])('%j is %j', (text, expected) => {
    expect(withoutSecrets(text, [SECRET])).toBe(expected);
  });
});
