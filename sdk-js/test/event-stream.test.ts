import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEventStream } from '../src/event-stream.ts';
import { SDK_VERSION } from '../src/index.ts';

async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

async function parse(text: string, size: number) {
  const events = [];
  for await (const event of parseEventStream(chunksOf(text, size))) events.push(event);
  return events;
}

describe('event stream', () => {
  const text =
    ': hello\r\n\r\nevent: next\r\ndata: {"a":1}\r\n\r\nevent:next\ndata:one\ndata: two\nid: 7\nretry: 10\n\nevent: complete\ndata:\r\rdata: left over';

  it('is read the same wherever its chunks are cut', async () => {
    const expected = [
      { name: 'next', data: '{"a":1}' },
      { name: 'next', data: 'one\ntwo' },
      { name: 'complete', data: '' },
    ];
    for (let size = 1; size <= text.length; size += 1) expect(await parse(text, size), `chunks of ${size}`).toEqual(expected);
  });

  it('names an event without a name', async () => {
    expect(await parse('data: x\n\n', 3)).toEqual([{ name: 'message', data: 'x' }]);
  });
});

describe('package', () => {
  it('sends the version of package.json and has no run-time dependency', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(manifest).toMatchObject({ version: SDK_VERSION });
    expect(manifest).not.toHaveProperty('dependencies');
  });
});
