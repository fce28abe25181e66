import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import { CompletionEventStream } from './completion-event-stream.ts';

const ID = '01a21185-8b63-7000-856e-c6be80aa7f24';

function open(): CompletionEventStream {
  const stream = new CompletionEventStream(ID);
  stream.begin({ providerId: 'local', modelId: 'local/echo' });
  return stream;
}

const text = (word: string) => ({ type: 'text-delta', choice: 0, text: word }) as const;

/** Pushes until the stream asks to wait. */
function fill(stream: CompletionEventStream): { pushed: number; wait: Promise<void> } {
  for (let pushed = 1; ; pushed += 1) {
    const wait = stream.part(text('x'));
    if (wait !== undefined) return { pushed, wait };
  }
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  return settled;
}

describe('event stream of a completion', () => {
  it('numbers what is shown and leaves out what is not', async () => {
    const stream = open();
    await stream.part({ type: 'usage', usage: {} as never });
    await stream.part(text('a'));
    await stream.part(text('b'));
    expect([await stream.next(), await stream.next()]).toMatchObject([
      { value: { sequence: 0, text: 'a' } },
      { value: { sequence: 1, text: 'b' } },
    ]);
  });

  it('hands an event to whoever waits for it', async () => {
    const stream = open();
    const next = stream.next();
    await stream.part(text('a'));
    expect(await next).toMatchObject({ done: false, value: { text: 'a' } });
  });

  it('makes the provider wait for a slow subscriber and lets it go on when the subscriber has caught up', async () => {
    const stream = open();
    const { pushed, wait } = fill(stream);
    expect(pushed).toBe(64);
    for (let taken = 0; taken < 47; taken += 1) await stream.next();
    expect(await isSettled(wait)).toBe(false);
    await stream.next();
    expect(await isSettled(wait)).toBe(true);
  });

  it('lets the provider go and tells it to stop when the subscriber leaves', async () => {
    const stream = open();
    const { wait } = fill(stream);
    await stream.return();
    expect(await isSettled(wait)).toBe(true);
    expect(stream.signal.aborted).toBe(true);
    expect(stream.part(text('late'))).toBeUndefined();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('ends a reader who waits when the connection is gone', async () => {
    const stream = open();
    const next = stream.next();
    stream.abandon();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('gives what came before a failure, then the failure, then the end', async () => {
    const stream = open();
    await stream.part(text('a'));
    stream.fail(new AntiphonError('UNAVAILABLE', 'away'));
    expect(await stream.next()).toMatchObject({ value: { text: 'a' } });
    await expect(stream.next()).rejects.toThrow('away');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('takes nothing after its last event', async () => {
    const stream = open();
    stream.end({ __typename: 'CompletionTextDelta', choice: 0, text: 'last' });
    stream.end({ __typename: 'CompletionTextDelta', choice: 0, text: 'more' });
    stream.fail(new AntiphonError('INTERNAL', 'late'));
    expect(await stream.next()).toMatchObject({ value: { text: 'last' } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
