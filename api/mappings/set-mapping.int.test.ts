import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../db/sql.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { listIn, withApi, wrongFields } from '../testing/test-api.js';

describe('mappings', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const admin = (method: string, path: string, body?: unknown) =>
    api().call('admin', method, `/api/v1${path}`, body);
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(() => {
    api().gateway.calls.length = 0;
  });
  const path = '/bridges/main/mappings/activities';

  it('proposes the target of the same name, and maps it', async () => {
    const before = await admin('get', path);
    expect(before.body['items']).toMatchObject([
      {
        sourceId: '5',
        sourceName: 'Support',
        target: null,
        proposal: { by: 'name', target: { id: '20' } },
      },
    ]);
    expect((await admin('put', path, { sourceId: '5', targetId: '20', ignored: false })).body).toEqual({
      decision: null,
      replanned: 0,
    });
    const after = await admin('get', path);
    expect(after.body['items']).toMatchObject([
      { target: { id: '20', name: 'Support' }, proposal: null, decidedBy: 'The admin' },
    ]);
  });

  it('names who closed the gap by a decision, which is kept by their id', async () => {
    await rows(
      session(),
      `update activity_mappings set decided_by = (select id::text from users where name = 'The admin')
       where source_id = '5' returning 1`,
    );
    expect((await admin('get', path)).body['items']).toMatchObject([{ decidedBy: 'The admin' }]);
  });

  it('writes the same mapping once, however often it is sent', async () => {
    const history = () =>
      rows(
        session(),
        `select 1 from audit_logs where action = 'mapping.changed' and subject_id = 'activities/8'`,
      );
    for (const targetId of ['20', '20', null, null]) {
      const answer = await admin('put', path, { sourceId: '8', targetId, ignored: false });
      expect(answer.body).toEqual({ decision: null, replanned: 0 });
    }
    expect(await history()).toHaveLength(2);
    const ignored = { sourceId: '8', targetId: null, ignored: true };
    await Promise.all([admin('put', path, ignored), admin('put', path, ignored)]);
    expect(await history()).toHaveLength(3);
    await admin('put', path, { ...ignored, ignored: false });
  });

  it('maps many in one step, and names those that it cannot', async () => {
    const body = {
      items: [
        { sourceId: '5', targetId: '20', ignored: false },
        { sourceId: '6', targetId: '999', ignored: false },
        { sourceId: '7', targetId: null, ignored: true },
      ],
    };
    const answer = await admin('post', path, body);
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { saved: 2, decisions: [], refused: [{ sourceId: '6', code: 'invalid-input' }] },
    ]);
    const after = await admin('get', path);
    expect(listIn(after, 'items').filter((row) => row['target'] !== null || row['ignored'])).toHaveLength(2);
    for (const sourceId of ['5', '7']) await admin('put', path, { sourceId, targetId: null, ignored: false });
  });

  it('refuses a target that does not exist or cannot be booked on', async () => {
    const unknown = await admin('put', path, { sourceId: '5', targetId: '999', ignored: false });
    expect(wrongFields(unknown)).toEqual(['targetId']);
    const inactive = await admin('put', '/bridges/main/mappings/customers', {
      sourceId: 'organization:1',
      targetId: '11',
      ignored: false,
    });
    expect(inactive.status).toBe(422);
  });

  it('closes the open question of a gap by a decision', async () => {
    const gap = { key: '7', name: 'Fernwartung' };
    const id = await makeConflict(api().deps.db, {
      subject: 'gap:unmapped_activity:7',
      kind: 'unmapped_activity',
      gap,
    });
    const answer = await admin('put', path, { sourceId: '7', targetId: '20', ignored: false });
    expect(answer.body['decision']).toMatchObject({ conflictId: id });
    expect(api().gateway.calls).toMatchObject([
      {
        name: 'decideConflict',
        args: [
          { conflictId: id },
          { choice: 'map', parameters: { targetId: '20' }, actor: { kind: 'settings' } },
        ],
      },
    ]);
  });

  it('offers what can be chosen, by a part of its own or its customer’s name', async () => {
    const found = await admin('get', '/bridges/main/mappings/customers/targets?q=acme');
    expect(found.body).toMatchObject({
      total: 1,
      items: [{ id: '10', name: 'Wartung', parentName: 'ACME GmbH' }],
    });
  });
});
