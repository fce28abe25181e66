import { describe, expect, it } from 'vitest';
import { ResponseLog } from './responses-log.ts';

const { signal } = new AbortController();

describe('the events of a response that runs', () => {
  it('are read from where the reader was cut off', async () => {
    const log = new ResponseLog(1000);
    log.append(0, 'a\n\nb\n\nc\n\n');
    expect(await log.next(-1, signal)).toEqual({ last: 2, text: 'a\n\nb\n\nc\n\n' });
    expect(await log.next(1, signal)).toEqual({ last: 2, text: 'c\n\n' });
  });

  it('show their end when the response is kept, not before', async () => {
    const log = new ResponseLog(1000);
    log.append(0, 'begun\n\n');
    log.append(1, 'ended\n\n', true);
    expect(await log.next(-1, signal)).toEqual({ last: 0, text: 'begun\n\n' });
    expect(log.text).toBe('begun\n\nended\n\n');
    let isTold = false;
    const end = log.next(0, signal).then((news) => {
      isTold = true;
      return news;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isTold).toBe(false);
    log.close();
    expect(await end).toEqual({ last: 1, text: 'ended\n\n' });
    expect(await log.next(1, signal)).toBeNull();
  });

  it('beyond the bound are not kept, but the end is', async () => {
    const log = new ResponseLog(8);
    log.append(0, 'begun\n\n');
    log.append(1, 'much more\n\n');
    log.append(2, 'ended\n\n', true);
    log.close();
    expect(log.text).toBeNull();
    expect(await log.next(-1, signal)).toEqual({ last: 2, text: 'begun\n\nended\n\n' });
  });
});
