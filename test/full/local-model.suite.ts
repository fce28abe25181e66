import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createLocalModel,
  type GenerationPart,
  type LocalModel,
  type LocalModelOptions,
} from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.model.ts';
import type { GenerationRequest, LoadOptions } from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.protocol.ts';

export interface ModelUnderTest {
  readonly load: LoadOptions;
  /** A question whose answer ends by itself after more than five tokens. */
  readonly shortPrompt: string;
  /** A question whose answer has at least 200 tokens. */
  readonly longPrompt: string;
  /** A context so wide that only cancelling frees the model from the long answer in good time. */
  readonly wideContextTokens: number;
}

const NEVER = new AbortController().signal;

export function toRequest(text: string, changes: Partial<GenerationRequest> = {}): GenerationRequest {
  return {
    messages: [{ role: 'user', text }],
    sampling: { temperature: 0, topP: 1, topK: 0, seed: 1 },
    stop: [],
    maxOutputTokens: 200,
    ...changes,
  };
}

export async function collect(parts: AsyncIterable<GenerationPart>): Promise<GenerationPart[]> {
  const all: GenerationPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

export function textOf(parts: readonly GenerationPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** Whether the process runs. One that ended but was not reaped yet (a container's first process may never do so) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const statPath = `/proc/${pid}/stat`;
  return !existsSync(statPath) || !readFileSync(statPath, 'utf8').includes(') Z ');
}

export function pidOf(model: LocalModel): number {
  const pid = model.pid();
  if (pid === null) throw new Error('The model has no process.');
  return pid;
}

/** What a local model owes its caller, whichever engine runs it. */
export function describeLocalModel(name: string, underTest: () => ModelUnderTest): void {
  describe(`a local model on ${name}`, () => {
    const models: LocalModel[] = [];
    const start = (changes: Partial<LocalModelOptions> = {}): LocalModel => {
      const model = createLocalModel({
        load: underTest().load,
        waitingLimit: 4,
        idleStopMs: 60_000,
        startTimeoutMs: 20_000,
        cancelGraceMs: 10_000,
        ...changes,
      });
      models.push(model);
      return model;
    };
    const startWide = (): LocalModel => start({ load: { ...underTest().load, contextTokens: underTest().wideContextTokens } });
    const toEndless = (): GenerationRequest => toRequest(underTest().longPrompt, { maxOutputTokens: Number.MAX_SAFE_INTEGER });
    afterEach(async () => {
      await Promise.all(models.splice(0).map((model) => model.close()));
    });

    it('starts no process before the first call', () => {
      expect(start().pid()).toBeNull();
    });

    it('streams an answer token by token and ends with true counts', async () => {
      const parts = await collect(start().generate(toRequest(underTest().shortPrompt), NEVER));
      const last = parts.at(-1);
      expect(parts.filter((part) => part.type === 'text').length).toBeGreaterThan(5);
      expect(last).toMatchObject({ type: 'finished', stopCause: 'end-of-turn' });
      if (last?.type === 'finished') expect(last.outputTokens).toBeGreaterThan(5);
    });

    it('stops exactly at the output limit', async () => {
      const parts = await collect(start().generate(toRequest(underTest().longPrompt, { maxOutputTokens: 7 }), NEVER));
      expect(parts.at(-1)).toMatchObject({ stopCause: 'max-output-tokens', outputTokens: 7 });
    });

    it('stops when the caller aborts, and the same process takes the next call', async () => {
      const model = startWide();
      const controller = new AbortController();
      const seen: GenerationPart[] = [];
      const running = (async () => {
        for await (const part of model.generate(toEndless(), controller.signal)) {
          seen.push(part);
          if (seen.length === 3) controller.abort();
        }
      })();
      await expect(running).rejects.toMatchObject({ errorClass: 'cancelled' });
      expect(seen).toHaveLength(3);
      const pid = model.pid();
      const next = await collect(model.generate(toRequest(underTest().shortPrompt), NEVER));
      expect(next.at(-1)).toMatchObject({ type: 'finished', stopCause: 'end-of-turn' });
      expect(model.pid()).toBe(pid);
    });

    it('frees the model when the caller leaves the loop', async () => {
      const model = startWide();
      for await (const part of model.generate(toEndless(), NEVER)) {
        expect(part.type).toBe('text');
        break;
      }
      const next = await collect(model.generate(toRequest(underTest().shortPrompt), NEVER));
      expect(next.at(-1)).toMatchObject({ stopCause: 'end-of-turn' });
    });

    it('tells a call that ran out of time from one whose caller left', async () => {
      const running = collect(start().generate(toRequest(underTest().longPrompt), AbortSignal.timeout(1)));
      await expect(running).rejects.toMatchObject({ errorClass: 'timeout' });
    });

    it('answers parallel calls one after the other, in order', async () => {
      const model = start();
      const order: string[] = [];
      const run = async (label: string): Promise<void> => {
        for await (const { type } of model.generate(toRequest(underTest().longPrompt, { maxOutputTokens: 5 }), NEVER))
          order.push(`${label} ${type}`);
      };
      await Promise.all([run('first'), run('second'), run('third')]);
      const labels = order.map((entry) => entry.split(' ')[0]);
      expect(labels).toEqual([...labels].sort((left, right) => rank(left) - rank(right)));
      expect(order.filter((entry) => entry.endsWith('finished'))).toEqual(['first finished', 'second finished', 'third finished']);
    });

    it('refuses a call when too many wait, and answers those that wait', async () => {
      const model = start({ waitingLimit: 1 });
      const request = toRequest(underTest().longPrompt, { maxOutputTokens: 5 });
      const running = collect(model.generate(request, NEVER));
      const waiting = collect(model.generate(request, NEVER));
      await expect(collect(model.generate(request, NEVER))).rejects.toMatchObject({ errorClass: 'overloaded' });
      expect((await running).at(-1)).toMatchObject({ outputTokens: 5 });
      expect((await waiting).at(-1)).toMatchObject({ outputTokens: 5 });
    });

    it('refuses a prompt that does not fit into the context', async () => {
      const model = start();
      const { contextTokens } = underTest().load;
      const running = collect(model.generate(toRequest('a b '.repeat(contextTokens)), NEVER));
      await expect(running).rejects.toMatchObject({ errorClass: 'too-long', param: 'messages' });
      const next = await collect(model.generate(toRequest(underTest().shortPrompt), NEVER));
      expect(next.at(-1)).toMatchObject({ stopCause: 'end-of-turn' });
    });

    it('reports a killed process as a transport failure and starts another for the next call', async () => {
      const model = start();
      let killed = 0;
      const running = (async () => {
        for await (const part of model.generate(toRequest(underTest().longPrompt), NEVER)) {
          if (killed !== 0 || part.type !== 'text') continue;
          killed = pidOf(model);
          process.kill(killed, 'SIGKILL');
        }
      })();
      await expect(running).rejects.toMatchObject({ errorClass: 'transport', message: expect.stringContaining('signal SIGKILL') });
      const next = await collect(model.generate(toRequest(underTest().shortPrompt), NEVER));
      expect(next.at(-1)).toMatchObject({ stopCause: 'end-of-turn' });
      expect(model.pid()).not.toBe(killed);
    });

    it('ends its process when nobody uses it, and starts again for the next call', async () => {
      const model = start({ idleStopMs: 50 });
      await collect(model.generate(toRequest(underTest().shortPrompt), NEVER));
      const pid = pidOf(model);
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
      expect(model.pid()).toBeNull();
      expect((await collect(model.generate(toRequest(underTest().shortPrompt), NEVER))).at(-1)).toMatchObject({ stopCause: 'end-of-turn' });
    });

    it('ends its process on close; what runs and what comes later fails as transport', async () => {
      const model = start();
      const parts = model.generate(toRequest(underTest().longPrompt), NEVER);
      await parts.next();
      const pid = pidOf(model);
      const rest = collect(parts);
      const later = model.close().then(() => collect(model.generate(toRequest(underTest().shortPrompt), NEVER)));
      await expect(rest).rejects.toMatchObject({ errorClass: 'transport' });
      await expect(later).rejects.toMatchObject({ errorClass: 'transport' });
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    });

    it('leaves no process behind when the server is killed', async () => {
      const script = fileURLToPath(new URL('local-model-holder.ts', import.meta.url));
      const load: LoadOptions = { ...underTest().load, contextTokens: underTest().wideContextTokens };
      const holder = spawn(process.execPath, [script, JSON.stringify(load), JSON.stringify(toEndless())], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
      const pid = Number(line);
      expect(isAlive(pid)).toBe(true);
      holder.kill('SIGKILL');
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    });
  });
}

function rank(label: string | undefined): number {
  return ['first', 'second', 'third'].indexOf(label ?? '');
}
