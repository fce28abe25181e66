import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, recordingLog } from '../../../../test/testkit/ledger.ts';
import { lockFolder } from '../../kernel/db/index.ts';
import { crc32c } from './crc32c.ts';
import { encodeFrame, scanSegment } from './journal-frame.ts';
import { takeJournalSlot } from './journal-slot.ts';
import { EMPTY, type LedgerEntry } from './ledger.entry.ts';
import { Journal } from './ledger.journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antiphon-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (text: string): LedgerEntry => ({ ...EMPTY, request: text });
const files = async (): Promise<string[]> => (await readdir(folder)).sort();

async function openJournal(
  overrides: { maxBytes?: number; segmentBytes?: number } = {},
): Promise<Journal & { log: ReturnType<typeof recordingLog> }> {
  const log = recordingLog();
  const journal = new Journal({ maxBytes: 1_000_000, segmentBytes: 100_000, log, ...overrides });
  await journal.open(folder);
  return Object.assign(journal, { log });
}

async function readAll(journal: Journal): Promise<string[]> {
  const texts: string[] = [];
  for (let chunk = await journal.read(1000); chunk !== null; chunk = await journal.read(1000)) {
    texts.push(...chunk.entries.map(({ request }) => request));
    await journal.drop(chunk);
  }
  return texts;
}

describe('the journal', () => {
  it('gives entries back in order, over many files, also after being opened anew', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `entry ${index} ü\u{1F600}\ud800 ${'x'.repeat(index % 50)}`);
    const first = await openJournal({ segmentBytes: 5000 });
    for (const text of texts) await first.append([entry(text)]);
    expect(first.pendingEntries).toBe(300);
    expect((await files()).length).toBeGreaterThan(5);
    await first.close();
    const second = await openJournal();
    expect(second.pendingEntries).toBe(300);
    expect(await readAll(second)).toEqual(texts);
    expect(await files()).toEqual([]);
    expect(second.bytes).toBe(0);
  });

  it('goes on after it was emptied, and while it is being read', async () => {
    const journal = await openJournal({ segmentBytes: 300 });
    const given: string[] = [];
    const got: string[] = [];
    for (let round = 0; round < 50; round++) {
      for (let index = 0; index < round % 5; index++) {
        given.push(`${round}.${index}`);
        await journal.append([entry(`${round}.${index}`)]);
      }
      const chunk = round % 3 === 0 ? await journal.read(200) : null;
      if (chunk !== null) {
        got.push(...chunk.entries.map(({ request }) => request));
        await journal.drop(chunk);
      }
    }
    got.push(...(await readAll(journal)));
    expect(got).toEqual(given);
    expect(await files()).toEqual([]);
  });

  it('leaves out a tail that was cut short, wherever it was cut', async () => {
    const journal = await openJournal();
    for (const text of ['a', 'b', 'c']) await journal.append([entry(text)]);
    await journal.close();
    const path = join(folder, (await files())[0] as string);
    const whole = await readFile(path);
    const { frames } = scanSegment(whole);
    const last = frames[2]?.offset ?? 0;
    for (let end = last + 1; end < whole.length; end += 7) {
      await writeFile(path, whole.subarray(0, end));
      const reopened = await openJournal();
      expect(reopened.log.lines.map(({ level }) => level)).toEqual(['warn']);
      const chunk = await reopened.read(1_000_000);
      expect(chunk?.entries.map(({ request }) => request)).toEqual(['a', 'b']);
      await reopened.close();
    }
  });

  it('leaves out a tail of zeros, which is what a power loss can leave', async () => {
    const journal = await openJournal();
    await journal.append([entry('a')]);
    await journal.close();
    await appendFile(join(folder, (await files())[0] as string), Buffer.alloc(500));
    const reopened = await openJournal();
    expect(await readAll(reopened)).toEqual(['a']);
    expect(await files()).toEqual([]);
  });

  it('reports damage before whole frames, replays the rest and keeps the file', async () => {
    const journal = await openJournal();
    for (const text of ['a', 'b', 'c']) await journal.append([entry(text)]);
    await journal.close();
    const name = (await files())[0] as string;
    const content = await readFile(join(folder, name));
    const { frames } = scanSegment(content);
    content[(frames[1]?.offset ?? 0) + 20]! ^= 1;
    await writeFile(join(folder, name), content);
    const reopened = await openJournal();
    expect(reopened.log.lines.map(({ level }) => level)).toEqual(['error']);
    expect(await readAll(reopened)).toEqual(['a', 'c']);
    expect(await files()).toEqual([`${name}.damaged`]);
    expect(await readFile(join(folder, `${name}.damaged`))).toEqual(content);
  });

  it('takes a cut end of any but the newest file for damage', async () => {
    const journal = await openJournal({ segmentBytes: 1 });
    await journal.append([entry('a')]);
    await journal.append([entry('b')]);
    await journal.close();
    const [older, newer] = await files();
    await truncate(join(folder, older as string), (await stat(join(folder, older as string))).size - 1);
    const reopened = await openJournal();
    expect(reopened.log.lines.map(({ level }) => level)).toEqual(['error']);
    expect(await readAll(reopened)).toEqual(['b']);
    expect(await files()).toEqual([`${older}.damaged`]);
    expect(newer).toBe('000000000002.journal');
  });

  it('refuses what does not fit, keeps what it has, and takes more when there is room again', async () => {
    const journal = await openJournal({ maxBytes: 2000, segmentBytes: 100 });
    const accepted: string[] = [];
    let refusal: unknown;
    for (let index = 0; index < 100 && refusal === undefined; index++) {
      await journal.append([entry(`entry ${index}`)]).then(
        () => accepted.push(`entry ${index}`),
        (error: unknown) => (refusal = error),
      );
    }
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterMs: 1000 } });
    expect(journal.bytes).toBeLessThanOrEqual(2000);
    expect(await readAll(journal)).toEqual(accepted);
    await journal.append([entry('later')]);
    expect(await readAll(journal)).toEqual(['later']);
  });

  it('refuses when its folder has gone, and counts nothing', async () => {
    const journal = await openJournal();
    await rm(folder, { recursive: true });
    await expect(journal.append([entry('a')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(journal).toMatchObject({ pendingEntries: 0, bytes: 0, isEmpty: true });
  });

  it('keeps an entry that PostgreSQL refuses in a file of its own', async () => {
    const journal = await openJournal();
    const path = await journal.setAside(entry('refused'));
    expect(scanSegment(await readFile(path)).frames).toHaveLength(1);
    const reopened = await openJournal();
    expect(reopened.isEmpty).toBe(true);
    await reopened.append([entry('a')]);
    expect(await files()).toEqual(['000000000001.refused', '000000000002.journal']);
    await reopened.close();
  });
});

describe('frames', () => {
  it('carry the checksum of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  });

  it('are found whole behind any damage, and never made up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        (texts, at, noise) => {
          const parts = texts.map((text) => encodeFrame([entry(text)]));
          const segment = Buffer.concat(parts);
          const offset = at % segment.length;
          Buffer.from(noise).copy(segment, offset);
          const end = Math.min(offset + noise.length, segment.length);
          let start = 0;
          const untouched = parts.flatMap((part) => {
            const from = start;
            start += part.length;
            return from < end && offset < start && !segment.subarray(from, start).equals(part) ? [] : [from];
          });
          expect(scanSegment(segment).frames.map((frame) => frame.offset)).toEqual(untouched);
        },
      ),
    );
  });
});

describe('slots', () => {
  it('are taken by one process each, and keep their id', async () => {
    const first = await takeJournalSlot(folder, ids);
    const second = await takeJournalSlot(folder, ids);
    expect([first.folder, second.folder]).toEqual([join(folder, 'journal', '0'), join(folder, 'journal', '1')]);
    expect(second.deadSlotIds).toEqual([second.id]);
    first.release();
    second.release();
    const again = await takeJournalSlot(folder, ids);
    expect(again.id).toBe(first.id);
    expect(again.deadSlotIds).toEqual([first.id, second.id]);
    again.release();
  });

  it('inherit in order what processes that are gone left in theirs', async () => {
    const own = await takeJournalSlot(folder, ids);
    const other = await takeJournalSlot(folder, ids);
    const journal = new Journal({ maxBytes: 1_000_000, segmentBytes: 1, log: recordingLog() });
    await journal.open(other.folder);
    for (const text of ['a', 'b']) await journal.append([entry(text)]);
    await journal.close();
    await appendFile(join(other.folder, '000000000002.journal'), 'torn');
    own.release();
    other.release();
    const heir = await takeJournalSlot(folder, ids);
    const log = recordingLog();
    const inherited = new Journal({ maxBytes: 1_000_000, segmentBytes: 1000, log });
    await inherited.open(heir.folder);
    expect(await readAll(inherited)).toEqual(['a', 'b']);
    expect(log.lines).toEqual([]);
    heir.release();
  });

  it('leave alone what a living process holds', async () => {
    const own = await takeJournalSlot(folder, ids);
    const other = await takeJournalSlot(folder, ids);
    await writeFile(join(other.folder, '000000000001.journal'), encodeFrame([entry('a')]));
    own.release();
    const again = await takeJournalSlot(folder, ids);
    expect(await readdir(again.folder)).not.toContain('000000000001.journal');
    expect(() => lockFolder(other.folder)).toThrow();
    again.release();
    other.release();
  });
});
