import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../kernel/clock/index.ts';
import { createIds } from '../../../../kernel/ids/index.ts';
import type { CompletionRequest, Provider, ProviderCall, StreamPart } from '../../contract.ts';
import { createLocalSmollm2Provider, findComponent } from './index.ts';

const PLATFORM = `${process.platform}-${process.arch}`;
const SHA256 = 'ab'.repeat(32);
const clock = new ManualClock(Date.UTC(2026, 0, 2));

let componentsDir: string;
let provider: Provider | null = null;

beforeEach(() => {
  componentsDir = mkdtempSync(join(tmpdir(), 'antiphon-components-'));
});
afterEach(async () => {
  await provider?.close();
  provider = null;
  rmSync(componentsDir, { recursive: true });
});

/** A component folder whose engine is the scripted one. */
function installScripted(changes: object = {}): void {
  const folder = join(componentsDir, 'smollm2');
  mkdirSync(folder);
  copyFileSync(fileURLToPath(new URL('__fixtures__/scripted-engine.mjs', import.meta.url)), join(folder, 'engine.mjs'));
  writeFileSync(join(folder, 'weights.gguf'), '');
  const component = {
    formatVersion: 1,
    platform: PLATFORM,
    model: { file: 'weights.gguf', sha256: SHA256 },
    engine: { entry: 'engine.mjs' },
    ...changes,
  };
  writeFileSync(join(folder, 'component.json'), JSON.stringify(component));
}

function create(): Provider {
  provider = createLocalSmollm2Provider({ componentsDir, clock, ids: createIds(clock) });
  if (provider === null) throw new Error('not installed');
  return provider;
}

function toCall(
  text: string,
  changes: { model?: string; request?: Partial<CompletionRequest>; signal?: AbortSignal; remainingMs?: number } = {},
): ProviderCall {
  const { model = 'smollm2', request = {}, signal = new AbortController().signal, remainingMs = 60_000 } = changes;
  return {
    model,
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text }] }], ...request }),
    wire: null,
    context: { attemptId: 'attempt-1', signal, remainingMs, traceHeaders: {} },
  };
}

describe('findComponent', () => {
  it('says how to install what is absent, and no provider is made', () => {
    expect(findComponent(componentsDir)).toEqual({
      installed: null,
      reason: 'The local model smollm2 is not installed. Run `npm run component:install -- smollm2`.',
    });
    expect(createLocalSmollm2Provider({ componentsDir, clock, ids: createIds(clock) })).toBeNull();
  });

  it.each([
    ['a file that is missing', { model: { file: 'absent.gguf', sha256: SHA256 } }, 'files of it are missing'],
    ['a file outside of its folder', { engine: { entry: '../../etc/passwd' } }, 'files of it are missing'],
    ['another format', { formatVersion: 2 }, 'cannot be read'],
    ['another platform', { platform: 'plan9-mips' }, `was installed for plan9-mips, and this machine is ${PLATFORM}`],
  ])('refuses a component with %s', (_what, changes, reason) => {
    installScripted(changes);
    expect(findComponent(componentsDir)).toMatchObject({ installed: null, reason: expect.stringContaining(reason) });
  });
});

describe('createLocalSmollm2Provider', () => {
  it('streams the parts of the contract in order', async () => {
    installScripted();
    const parts: StreamPart[] = [];
    await create().stream(toCall('say Hi', { request: { tools: [{ name: 'add' }] } }), { part: (part) => void parts.push(part) });
    expect(parts).toEqual([
      {
        type: 'response-start',
        id: 'local-attempt-1',
        model: 'smollm2',
        createdAtSeconds: Date.UTC(2026, 0, 2) / 1000,
        systemFingerprint: 'smollm2-abababababab',
        serviceTier: null,
        upstream: { httpStatus: 200, requestId: null, headers: {} },
        warnings: ['local/smollm2 does not support tools: ignored.'],
      },
      { type: 'text-delta', choice: 0, text: 'H' },
      { type: 'text-delta', choice: 0, text: 'i' },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'end-of-turn' },
      { type: 'usage', usage: expect.objectContaining({ inputTokens: 25, outputTokens: 2, totalTokens: 27 }) },
    ]);
  });

  it('collects the same answer', async () => {
    installScripted();
    const result = await create().complete(toCall('say Hi there', { request: { maxOutputTokens: 2 } }));
    expect(result).toMatchObject({ id: 'local-attempt-1', model: 'smollm2', usage: { outputTokens: 2 } });
    expect(result.choices).toMatchObject([{ index: 0, text: 'Hi', finishReason: 'length', rawFinishReason: 'max-output-tokens' }]);
  });

  it('waits for a sink that cannot take more, and ends with the error of one that fails', async () => {
    installScripted();
    const local = create();
    let isTaking = false;
    await local.stream(toCall('say Hello'), {
      async part() {
        expect(isTaking).toBe(false);
        isTaking = true;
        await new Promise((resolve) => setImmediate(resolve));
        isTaking = false;
      },
    });
    const failing = local.stream(toCall('endless'), {
      part({ type }) {
        if (type === 'text-delta') throw new Error('the socket closed');
      },
    });
    await expect(failing).rejects.toThrow('the socket closed');
    expect((await local.complete(toCall('say Hi'))).choices[0]?.text).toBe('Hi');
  });

  it('sends no part of an answer that fails before its first token', async () => {
    installScripted();
    const parts: StreamPart[] = [];
    const streaming = create().stream(toCall('throw'), { part: (part) => void parts.push(part) });
    await expect(streaming).rejects.toMatchObject({ errorClass: 'transport' });
    expect(parts).toEqual([]);
  });

  it('ends a call whose time is over as a timeout', async () => {
    installScripted();
    await expect(create().complete(toCall('endless', { remainingMs: 1 }))).rejects.toMatchObject({ errorClass: 'timeout' });
  });

  it('knows no other model', async () => {
    installScripted();
    await expect(create().complete(toCall('say Hi', { model: 'gpt-4.1' }))).rejects.toMatchObject({ errorClass: 'not-found' });
  });

  it('probes by loading the weights', async () => {
    installScripted();
    await expect(create().probe(new AbortController().signal)).resolves.toBeUndefined();
  });
});
