import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids } from '../../../../test/testkit/ledger.ts';
import { KEPT_MS, MAX_CHAIN_LENGTH, MAX_RESPONSE_BYTES } from './response.limits.ts';
import { ResponseStore } from './response.store.ts';
import { deleteExpiredResponses, failLostResponses } from './retention.job.ts';
import type { NewStoredResponse, ResponseEnd } from './stored-response.ts';

const NOW_MS = Date.UTC(2026, 10, 1);
const project = ids.uuidv7();
const otherProject = ids.uuidv7();

let database: TestDatabase;
let store: ResponseStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new ResponseStore(database.pools.general);
});
afterAll(() => database.drop());

function sample(id: string, overrides: Partial<NewStoredResponse> = {}): NewStoredResponse {
  return {
    projectId: project,
    id,
    completionId: ids.uuidv7(),
    status: 'completed',
    isBackground: false,
    providerId: 'local',
    isKeptUpstream: false,
    previousResponseId: null,
    input: [{ type: 'message', role: 'user', content: `question of ${id}` }],
    response: { id, status: 'completed', output: [{ type: 'message', id: `msg_${id}` }] },
    events: null,
    itemIds: [`msg_${id}`],
    createdAtMs: NOW_MS,
    leaseUntilMs: null,
    ...overrides,
  };
}

const end: ResponseEnd = {
  status: 'completed',
  response: { status: 'completed' },
  events: 'data: 1\n\n',
  providerId: 'local',
  itemIds: ['msg_end'],
};

describe('a stored response', () => {
  it('is found by its own project and by no other', async () => {
    await store.insert(sample('resp_own'));
    expect(await store.find(project, 'resp_own')).toMatchObject({
      id: 'resp_own',
      input: [{ content: 'question of resp_own' }],
      status: 'completed',
    });
    expect(await store.find(otherProject, 'resp_own')).toBeNull();
    expect(await store.findChain(otherProject, 'resp_own')).toEqual([]);
    expect(await store.findByItems(otherProject, ['msg_resp_own'])).toEqual([]);
    expect(await store.findByItems(project, ['msg_resp_own', 'msg_unknown'])).toMatchObject([{ id: 'resp_own' }]);
    expect(await store.remove(otherProject, 'resp_own')).toBe(false);
    await store.requestCancel(otherProject, 'resp_own');
    expect(await store.finish(otherProject, 'resp_own', end)).toBe(false);
    expect(await store.find(project, 'resp_own')).not.toBeNull();
  });

  it('may have the same id in two projects', async () => {
    await store.insert(sample('resp_twice'));
    await store.insert(sample('resp_twice', { projectId: otherProject, providerId: 'other' }));
    expect(await store.find(project, 'resp_twice')).toMatchObject({ providerId: 'local' });
    expect(await store.find(otherProject, 'resp_twice')).toMatchObject({ providerId: 'other' });
    await store.insert(sample('resp_next', { previousResponseId: 'resp_twice' }));
    expect((await store.findChain(project, 'resp_next')).map(({ projectId }) => projectId)).toEqual([project, project]);
  });

  it('stays as it was first kept', async () => {
    await store.insert(sample('resp_first'));
    await store.insert(sample('resp_first', { providerId: 'other' }));
    expect(await store.find(project, 'resp_first')).toMatchObject({ providerId: 'local' });
  });

  it('is not kept when it is too large, and nothing is left of it', async () => {
    const input = [{ type: 'message', content: 'x'.repeat(MAX_RESPONSE_BYTES) }];
    expect(await store.insert(sample('resp_large', { input }))).toBe(false);
    expect(await store.find(project, 'resp_large')).toBeNull();
  });

  it('keeps text that JSON can say and a binary form could not', async () => {
    await store.insert(sample('resp_nul', { response: { text: 'a\u0000b\ud800' } }));
    expect((await store.find(project, 'resp_nul'))?.response).toEqual({ text: 'a\u0000b\ud800' });
  });

  it('is gone when it was removed', async () => {
    await store.insert(sample('resp_gone'));
    expect(await store.remove(project, 'resp_gone')).toBe(true);
    expect(await store.remove(project, 'resp_gone')).toBe(false);
    expect(await store.find(project, 'resp_gone')).toBeNull();
  });
});

describe('responses that build on each other', () => {
  it('are found oldest first', async () => {
    await store.insert(sample('resp_1'));
    await store.insert(sample('resp_2', { previousResponseId: 'resp_1' }));
    await store.insert(sample('resp_3', { previousResponseId: 'resp_2' }));
    expect((await store.findChain(project, 'resp_3')).map(({ id }) => id)).toEqual(['resp_1', 'resp_2', 'resp_3']);
  });

  it('are not found when one of them is gone', async () => {
    await store.insert(sample('resp_a'));
    await store.insert(sample('resp_b', { previousResponseId: 'resp_a' }));
    await store.remove(project, 'resp_a');
    expect(await store.findChain(project, 'resp_b')).toEqual([]);
  });

  it('are not found when they are too many or too large', async () => {
    for (let at = 0; at <= MAX_CHAIN_LENGTH; at += 1)
      await store.insert(sample(`resp_long_${at}`, { previousResponseId: at === 0 ? null : `resp_long_${at - 1}` }));
    expect(await store.findChain(project, `resp_long_${MAX_CHAIN_LENGTH - 1}`)).toHaveLength(MAX_CHAIN_LENGTH);
    expect(await store.findChain(project, `resp_long_${MAX_CHAIN_LENGTH}`)).toEqual([]);
    const input = [{ type: 'message', content: 'x'.repeat(MAX_RESPONSE_BYTES - 1000) }];
    for (let at = 0; at < 6; at += 1)
      await store.insert(sample(`resp_wide_${at}`, { previousResponseId: at === 0 ? null : `resp_wide_${at - 1}`, input }));
    expect(await store.findChain(project, 'resp_wide_5')).toEqual([]);
    expect(await store.findChain(project, 'resp_wide_3')).toHaveLength(4);
  });
});

describe('a response in the background', () => {
  const running = (id: string): NewStoredResponse => sample(id, { status: 'queued', isBackground: true, leaseUntilMs: NOW_MS + 1000 });

  it('goes on and ends once', async () => {
    await store.insert(running('resp_run'));
    expect(await store.progress(project, 'resp_run', { status: 'in_progress' })).toBe(true);
    expect(await store.find(project, 'resp_run')).toMatchObject({ status: 'in_progress', response: { status: 'in_progress' } });
    expect(await store.finish(project, 'resp_run', end)).toBe(true);
    expect(await store.finish(project, 'resp_run', { ...end, status: 'failed' })).toBe(false);
    expect(await store.progress(project, 'resp_run', {})).toBe(false);
    expect(await store.find(project, 'resp_run')).toMatchObject({ status: 'completed', events: 'data: 1\n\n' });
    expect(await store.findByItems(project, ['msg_end'])).toMatchObject([{ id: 'resp_run' }]);
  });

  it('learns that it is to stop, also when it was deleted', async () => {
    for (const id of ['resp_on', 'resp_stop', 'resp_deleted']) await store.insert(running(id));
    await store.requestCancel(project, 'resp_stop');
    await store.remove(project, 'resp_deleted');
    const keys = ['resp_on', 'resp_stop', 'resp_deleted'].map((id) => ({ projectId: project, id }));
    expect([...(await store.renew(keys, NOW_MS + 5000))].sort()).toEqual([`${project}/resp_deleted`, `${project}/resp_stop`]);
  });

  it('fails when nobody answers for it any more, and not before', async () => {
    await store.insert(running('resp_lost'));
    await store.renew([{ projectId: project, id: 'resp_lost' }], NOW_MS + 9000);
    await failLostResponses(database.pools.general, NOW_MS + 8999);
    expect(await store.find(project, 'resp_lost')).toMatchObject({ status: 'queued' });
    await failLostResponses(database.pools.general, NOW_MS + 9000);
    expect(await store.find(project, 'resp_lost')).toMatchObject({
      status: 'failed',
      response: { status: 'failed', error: { code: 'server_error' } },
    });
    expect(await failLostResponses(database.pools.general, NOW_MS + 9000)).toBe(0);
  });
});

describe('retention', () => {
  it('deletes what is older than 30 days and nothing else', async () => {
    await store.insert(sample('resp_old', { createdAtMs: NOW_MS - KEPT_MS }));
    await store.insert(sample('resp_young', { createdAtMs: NOW_MS - KEPT_MS + 1 }));
    expect(await deleteExpiredResponses(database.pools.general, NOW_MS)).toBe(1);
    expect(await store.find(project, 'resp_old')).toBeNull();
    expect(await store.find(project, 'resp_young')).not.toBeNull();
  });

  it('deletes the oldest when all together are too large, but none that runs', async () => {
    await using own = await createTestDatabase();
    const small = new ResponseStore(own.pools.general);
    const text = 'x'.repeat(1000);
    for (const at of [1, 2, 3, 4]) await small.insert(sample(`resp_${at}`, { createdAtMs: NOW_MS + at, response: { text } }));
    await small.insert(sample('resp_0', { createdAtMs: NOW_MS, leaseUntilMs: NOW_MS, status: 'queued' }));
    expect(await deleteExpiredResponses(own.pools.general, NOW_MS, 2500)).toBe(2);
    const left = await Promise.all([0, 1, 2, 3, 4].map(async (at) => (await small.find(project, `resp_${at}`)) !== null));
    expect(left).toEqual([true, false, false, true, true]);
  });
});
