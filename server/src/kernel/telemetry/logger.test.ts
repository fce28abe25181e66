import { describe, expect, it } from 'vitest';
import { Confidential, Secret } from '../crypto/index.ts';
import { createLogger, scrubText } from './logger.ts';

function capture(): { lines: string[]; destination: { write(line: string): void } } {
  const lines: string[] = [];
  return { lines, destination: { write: (line) => void lines.push(line) } };
}

describe('log', () => {
  it('renders secrets and prompts by their type, at any depth', () => {
    const { lines, destination } = capture();
    const log = createLogger({ level: 'debug', destination });
    log.info({ deep: { key: new Secret('hunter2-secret'), prompt: new Confidential('the prompt', 10) } }, 'shown');
    const error = new Error('refused: Bearer abcdefghijklmnop', { cause: new Error('sk-1234567890abcdef is wrong') });
    log.error({ error }, 'failed');
    const text = lines.join('');
    expect(text).toContain('[redacted]');
    expect(text).toContain('[confidential 10 bytes]');
    for (const leak of ['hunter2-secret', 'the prompt', 'abcdefghijklmnop', 'sk-1234567890abcdef']) expect(text).not.toContain(leak);
  });

  it('leaks when a secret is revealed first (control)', () => {
    const { lines, destination } = capture();
    createLogger({ level: 'info', destination }).info({ key: new Secret('hunter2-secret').reveal() }, 'shown');
    expect(lines.join('')).toContain('hunter2-secret');
  });

  it('bounds long texts', () => {
    expect(scrubText('x'.repeat(5000))).toBe(`${'x'.repeat(2000)}… (5000 characters)`);
  });
});
