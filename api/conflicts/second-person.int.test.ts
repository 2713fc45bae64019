import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import { recordDecisions } from '../../activities/decide-cases.js';
import { rows } from '../../db/sql.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

/** The conflict of the test is about half an hour. */
const LIMIT = 1_800;

describe('a bridge that asks for two people', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const askFrom = (seconds: number | null) =>
    rows(
      session(),
      `update bridges set policies = policies || jsonb_build_object('fourEyesSeconds', $1::int) returning 1`,
      [seconds],
    );
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(async () => {
    api().gateway.calls.length = 0;
    await rows(session(), 'delete from decisions returning 1');
    await rows(session(), 'delete from conflicts returning 1');
    await askFrom(LIMIT);
  });

  type Who = 'admin' | 'approver';
  const verdict = (choice: string) => ({ version: 'v1', choice });
  const decide = (who: Who, id: string, choice = 'create') =>
    api().call(who, 'POST', `/api/v1/conflicts/${id}/decision`, {
      decisionId: randomUUID(),
      ...verdict(choice),
    });
  const propose = (who: Who, id: string, choice = 'create') =>
    api().call(who, 'POST', `/api/v1/conflicts/${id}/proposal`, { ...verdict(choice), note: 'geprüft' });
  const detail = async (id: string) => (await api().call('viewer', 'GET', `/api/v1/conflicts/${id}`)).body;

  it('lets one propose and another decide the same, and nobody decide alone', async () => {
    const id = await makeConflict(api().deps.db);
    const alone = await decide('approver', id);
    expect([alone.status, alone.body['reason']]).toEqual([
      422,
      { code: 'second_person_missing', facts: { limitSeconds: LIMIT } },
    ]);
    expect((await propose('approver', id)).status).toBe(201);
    expect((await detail(id))['secondPerson']).toMatchObject({
      limitSeconds: LIMIT,
      proposals: [{ name: 'The approver', choice: 'create', note: 'geprüft' }],
    });
    expect((await decide('approver', id)).status).toBe(422);
    expect((await decide('admin', id, 'skip')).status).toBe(422);
    expect(api().gateway.calls).toEqual([]);
    expect((await decide('admin', id)).status).toBe(200);
  });

  it('counts a proposal about the facts as they are now, and the last one of each person', async () => {
    const id = await makeConflict(api().deps.db);
    await propose('approver', id);
    await propose('approver', id, 'skip');
    expect((await decide('admin', id)).status).toBe(422);
    await makeConflict(api().deps.db, { version: 'v2' });
    expect((await detail(id))['secondPerson']).toMatchObject({ proposals: [] });
    expect((await propose('approver', id)).body['code']).toBe('stale');
  });

  it('writes one line of history for the same proposal of the same person, however often it is sent', async () => {
    const id = await makeConflict(api().deps.db);
    const history = async () =>
      rows(session(), `select 1 from audit_logs where action = 'decision.proposed' and subject_id = $1`, [
        id,
      ]);
    const both = await Promise.all([propose('approver', id), propose('approver', id)]);
    const later = await propose('approver', id);
    expect([...both, later].map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await history()).toHaveLength(1);
    await propose('admin', id);
    await propose('approver', id, 'skip');
    expect(await history()).toHaveLength(3);
  });

  it('leaves smaller cases and missing mappings to one person', async () => {
    const gap = { key: '5', name: 'Fernwartung' };
    const small = await makeConflict(api().deps.db, { secondsAtStake: LIMIT - 1 });
    const mapping = await makeConflict(api().deps.db, {
      ...{ subject: 'gap:unmapped_activity:5', kind: 'unmapped_activity', gap },
    });
    for (const id of [small, mapping]) expect((await detail(id))['secondPerson']).toBeNull();
    expect((await decide('approver', small)).status).toBe(200);
  });

  it('is minded by the process too, whoever asks it', async () => {
    const id = await makeConflict(api().deps.db);
    const { approver, admin } = api().users;
    const record = async (userId: string) => {
      const decisionId = randomUUID();
      const input = {
        ...{ decisionId, conflictId: id, version: 'v1', choice: 'create' as const, parameters: {} },
        ...{ note: null, actor: { kind: 'person' as const, id: userId, name: 'somebody' } },
      };
      const answers = await recordDecisions(session(), [input], { graceMs: 10_000, bulkId: null });
      return answers.get(decisionId);
    };
    expect(await record(admin.id)).toBeInstanceOf(ApplicationFailure);
    await propose('approver', id);
    expect(await record(approver.id)).toBeInstanceOf(ApplicationFailure);
    expect(await record(admin.id)).toMatchObject({ graceMs: 10_000 });
  });

  it('blocks such cases in a preview of many', async () => {
    const large = await makeConflict(api().deps.db, { subject: 'lead:1' });
    const small = await makeConflict(api().deps.db, { subject: 'lead:2', secondsAtStake: 60 });
    const items = [large, small].map((conflictId) => ({ conflictId, version: 'v1' }));
    const { body } = await api().call('approver', 'POST', '/api/v1/conflicts/bulk/preview', {
      ...{ choice: 'create', items },
    });
    expect(body['blocked']).toMatchObject([{ conflictId: large, reason: { code: 'second_person_missing' } }]);
  });
});
