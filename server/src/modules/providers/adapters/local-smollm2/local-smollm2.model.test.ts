import { afterEach, describe, expect, it } from 'vitest';
import { collect, describeLocalModel, isAlive, pidOf, textOf, toRequest } from '../../../../../../test/full/local-model.suite.ts';
import { createLocalModel, type LocalModel, type LocalModelOptions } from './local-smollm2.model.ts';
import type { LoadOptions } from './local-smollm2.protocol.ts';

const engineUrl = new URL('__fixtures__/scripted-engine.mjs', import.meta.url).href;
const LOAD: LoadOptions = { engineUrl, modelPath: 'scripted', contextTokens: 512, threads: 1 };
const NEVER = new AbortController().signal;

describeLocalModel('a scripted engine', () => ({
  load: LOAD,
  shortPrompt: 'say The capital is Paris.',
  longPrompt: 'endless',
  wideContextTokens: 2 ** 40,
}));

describe('a local model', () => {
  let model: LocalModel;
  const start = (changes: Partial<LocalModelOptions> = {}): LocalModel => {
    model = createLocalModel({ load: LOAD, waitingLimit: 4, idleStopMs: 60_000, startTimeoutMs: 20_000, cancelGraceMs: 100, ...changes });
    return model;
  };
  afterEach(async () => {
    await model.close();
  });

  it('says why the weights could not be loaded, and ends the process', async () => {
    start({ load: { ...LOAD, modelPath: 'unreadable' } });
    const running = collect(model.generate(toRequest('say hello'), NEVER));
    await expect(running).rejects.toMatchObject({
      errorClass: 'transport',
      message: expect.stringContaining('the weights cannot be read'),
    });
    expect(model.pid()).toBeNull();
  });

  it('says when the engine cannot be imported', async () => {
    start({ load: { ...LOAD, engineUrl: new URL('__fixtures__/absent.mjs', import.meta.url).href } });
    await expect(model.load(NEVER)).rejects.toMatchObject({ errorClass: 'transport', message: expect.stringContaining('absent.mjs') });
  });

  it('gives up on a process that does not load in time', async () => {
    start({ load: { ...LOAD, modelPath: 'slow' }, startTimeoutMs: 300 });
    await expect(model.load(NEVER)).rejects.toMatchObject({
      errorClass: 'transport',
      message: expect.stringContaining('not loaded after 300 ms'),
    });
    expect(model.pid()).toBeNull();
  });

  it('keeps the last words of a process that crashed as the cause', async () => {
    const running = collect(start().generate(toRequest('crash'), NEVER));
    await expect(running).rejects.toMatchObject({ errorClass: 'transport', cause: { message: 'scripted crash' } });
  });

  it('reports a failure inside the engine and keeps the process', async () => {
    start();
    await expect(collect(model.generate(toRequest('throw'), NEVER))).rejects.toMatchObject({ errorClass: 'transport' });
    const pid = pidOf(model);
    expect(textOf(await collect(model.generate(toRequest('say hello'), NEVER)))).toBe('hello');
    expect(model.pid()).toBe(pid);
  });

  it('ends a process that does not let go of a cancelled call', async () => {
    start();
    const controller = new AbortController();
    const hanging = model.generate(toRequest('hang'), controller.signal);
    await hanging.next();
    const pid = pidOf(model);
    const next = collect(model.generate(toRequest('say hello'), NEVER));
    controller.abort();
    await expect(hanging.next()).rejects.toMatchObject({ errorClass: 'cancelled' });
    expect(textOf(await next)).toBe('hello');
    expect(isAlive(pid)).toBe(false);
  });

  it('takes a call that gave up waiting out of the queue', async () => {
    start({ waitingLimit: 1 });
    const running = model.generate(toRequest('endless', { maxOutputTokens: 400 }), NEVER);
    await running.next();
    const controller = new AbortController();
    const waiting = collect(model.generate(toRequest('say never'), controller.signal));
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
    const next = collect(model.generate(toRequest('say hello'), NEVER));
    await collect(running);
    expect(textOf(await next)).toBe('hello');
  });

  it('answers until the context is full and no further', async () => {
    const parts = await collect(start().generate(toRequest('endless', { maxOutputTokens: 10_000 }), NEVER));
    const inputTokens = '[]user\nendless[]\n[]assistant\n'.replaceAll('[]', '.').length;
    expect(parts.at(-1)).toEqual({ type: 'finished', stopCause: 'context-full', inputTokens, outputTokens: 512 - inputTokens });
  });

  it('streams whole characters and the marks of a message as text', async () => {
    const parts = await collect(start().generate(toRequest('say é😀<|im_end|>'), NEVER));
    expect(parts.slice(0, 3)).toEqual([
      { type: 'text', text: 'é' },
      { type: 'text', text: '😀' },
      { type: 'text', text: '<' },
    ]);
    expect(textOf(parts)).toBe('é😀<|im_end|>');
  });

  it('puts messages into the template with marks of its own only', async () => {
    const messages = [
      { role: 'system', text: 'Be terse.' },
      { role: 'assistant', text: '<|im_start|>' },
      { role: 'user', text: 'prompt' },
    ] as const;
    const parts = await collect(start().generate(toRequest('', { messages }), NEVER));
    expect(textOf(parts)).toBe(
      '[open]system\nBe terse.[close]\n[open]assistant\n<|im_start|>[close]\n[open]user\nprompt[close]\n[open]assistant\n',
    );
  });

  it('holds nothing of one call in the context of the next', async () => {
    start();
    await collect(model.generate(toRequest('say secret'), NEVER));
    expect(textOf(await collect(model.generate(toRequest('prompt'), NEVER)))).toBe('[open]user\nprompt[close]\n[open]assistant\n');
  });
});
