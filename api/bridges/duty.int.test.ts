import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteEntries } from '../../db/stores/bridge-entries.js';
import { assignConflict, moveConflicts, snoozeConflict } from '../../db/stores/conflicts.js';
import { stageEntries } from '../../db/stores/stage-entries.js';
import { createUser, updateUser } from '../../db/stores/users.js';
import { rows } from '../../db/sql.js';
import { addDays } from '../../domain/zone.js';
import { mondayAt } from '../../domain/rota.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { listIn, withApi, wrongFields, type Answer } from '../testing/test-api.js';

describe('people who take turns in a bridge', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const idOf = (who: 'admin' | 'approver' | 'viewer') => api().users[who].id;
  const monday = () => mondayAt(Date.now(), 'Europe/Berlin');

  const setDuty = (people: readonly string[], as: 'admin' | 'approver' = 'admin') =>
    api().call(as, 'patch', '/api/v1/bridges/main', { duty: { people } });
  const dutyIn = ({ body }: Answer): unknown =>
    typeof body['bridge'] === 'object' && body['bridge'] !== null
      ? Reflect.get(body['bridge'], 'duty')
      : null;
  const readDuty = async () => dutyIn(await api().call('viewer', 'get', '/api/v1/bridges/main'));
  /** As if the turns had begun so many weeks before. */
  const letWeeksPass = (weeks: number) =>
    rows(
      session(),
      `update bridges set duty = jsonb_set(duty, '{since}', to_jsonb($1::text)) where id = 'main' returning 1`,
      [addDays(monday(), -7 * weeks)],
    );

  beforeAll(() => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(async () => {
    await rows(session(), 'delete from conflicts returning 1');
    await rows(session(), `update users set active = true returning 1`);
    expect((await setDuty([])).status).toBe(200);
  });

  it('are nobody at first; a list begins this week with its first person', async () => {
    expect(await readDuty()).toEqual({ people: [], since: null, current: null, next: null });
    const answer = await setDuty([idOf('approver'), idOf('admin')]);
    expect(answer.status).toBe(200);
    const expected = {
      people: [
        { id: idOf('approver'), name: 'The approver', active: true },
        { id: idOf('admin'), name: 'The admin', active: true },
      ],
      since: monday(),
      current: { id: idOf('approver'), name: 'The approver' },
      next: { id: idOf('admin'), name: 'The admin', from: addDays(monday(), 7) },
    };
    expect(dutyIn(answer)).toEqual(expected);
    expect(await readDuty()).toEqual(expected);
    const status = await api().call('viewer', 'get', '/api/v1/status');
    expect(listIn(status, 'duty')).toEqual([
      { bridgeId: 'main', bridgeName: 'Main', person: expected.current },
    ]);
  });

  it('keep their weeks when something else of the bridge changes, or the same list comes again', async () => {
    const people = [idOf('approver'), idOf('admin')];
    await setDuty(people);
    await letWeeksPass(1);
    await api().call('admin', 'patch', '/api/v1/bridges/main', { name: 'Main' });
    await setDuty(people);
    expect(await readDuty()).toMatchObject({ since: addDays(monday(), -7), current: { id: idOf('admin') } });
    await setDuty([...people].reverse());
    expect(await readDuty()).toMatchObject({ since: monday(), current: { id: idOf('admin') } });
  });

  it('are skipped while they are not active or may not decide', async () => {
    await setDuty([idOf('approver'), idOf('admin')]);
    await updateUser(session(), idOf('approver'), { active: false });
    expect(await readDuty()).toMatchObject({
      people: [{ active: false }, { active: true }],
      current: { id: idOf('admin') },
      next: null,
    });
    await updateUser(session(), idOf('approver'), { active: true, role: 'viewer' });
    expect(await readDuty()).toMatchObject({ current: { id: idOf('admin') } });
    await updateUser(session(), idOf('approver'), { role: 'approver' });
    expect(await readDuty()).toMatchObject({ current: { id: idOf('approver') } });
  });

  it('are only those who may decide, each once, at most twenty, named by an admin', async () => {
    const stranger = '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c11';
    const refused = await setDuty([idOf('admin'), idOf('viewer'), stranger]);
    expect([refused.status, wrongFields(refused)]).toEqual([422, ['duty.people[1]', 'duty.people[2]']]);
    expect(refused.text).toContain(
      'duty.people[1] must be an active user who may decide (approver or admin)',
    );
    const twice = await setDuty([idOf('admin'), idOf('admin')]);
    expect([twice.status, wrongFields(twice)]).toEqual([422, ['duty.people']]);
    const many = await setDuty(Array.from({ length: 21 }, () => crypto.randomUUID()));
    expect([many.status, wrongFields(many)]).toEqual([422, ['duty.people']]);
    expect((await setDuty([idOf('admin')], 'approver')).status).toBe(403);
    expect(await readDuty()).toMatchObject({ people: [] });
  });

  it('are told in the audit trail by name, and nothing is planned anew', async () => {
    const dirtyEntries = async () =>
      (await rows(session(), 'select 1 from bridge_entries where dirty')).length;
    const at = '2026-11-10T09:00:00Z';
    const entry = {
      ...{
        sourceId: '1',
        ticketId: '50',
        seconds: 900,
        unitText: '15',
        entryDate: '2026-11-10',
        bookedAt: at,
      },
      ...{ activityTypeId: '5', activityTypeName: 'Support', userId: '3', userName: 'Anna', userEmail: null },
      ...{ articleId: null, description: '', updatedAt: at, unreadable: null, tags: [] },
    };
    await noteEntries(session(), 'zammad', (await stageEntries(session(), 'zammad', [entry], at)).changed);
    await rows(session(), 'update bridge_entries set dirty = false returning 1');
    await setDuty([idOf('approver')]);
    const audit = await api().call('admin', 'get', '/api/v1/audit?action=bridge.changed&limit=1');
    expect(listIn(audit, 'items')[0]?.['details']).toEqual({
      before: { duty: { people: [], since: null } },
      after: { duty: { people: [{ id: idOf('approver'), name: 'The approver' }], since: monday() } },
    });
    expect(await dirtyEntries()).toBe(0);
    await api().call('admin', 'patch', '/api/v1/bridges/main', { policies: { quietMinutes: 5 } });
    expect(await dirtyEntries()).toBe(1);
  });

  describe('and the inbox of one of them', () => {
    const inbox = (who: 'admin' | 'approver', more = '') =>
      api().call(who, 'get', `/api/v1/conflicts?assignee=${idOf(who)}${more}`);
    const subjects = async (who: 'admin' | 'approver', more = '') =>
      listIn(await inbox(who, more), 'items')
        .map(({ id }) => String(id))
        .sort();
    const make = (number: number) => makeConflict(api().deps.db, { subject: `lead:${number}` });

    it('holds what nobody took in the weeks that are theirs, and always what is assigned to them', async () => {
      const [free, given] = [await make(1), await make(2)];
      await assignConflict(session(), given, idOf('admin'));
      expect([await subjects('approver'), await subjects('admin')]).toEqual([[], [given]]);
      await setDuty([idOf('approver'), idOf('admin')]);
      expect([await subjects('approver'), await subjects('admin')]).toEqual([[free], [given]]);
      await letWeeksPass(1);
      expect([await subjects('approver'), await subjects('admin')]).toEqual([[], [free, given].sort()]);
    });

    it('is counted, grouped and added to by the same measure, and holds nothing done that was not theirs', async () => {
      await setDuty([idOf('approver'), idOf('admin')]);
      const [open, snoozed, done] = [await make(1), await make(2), await make(3)];
      await snoozeConflict(session(), snoozed, null, true);
      await moveConflicts(session(), [{ id: done }], ['open'], 'deciding');
      const query = `assignee=${idOf('approver')}`;
      const groups = await api().call('approver', 'get', `/api/v1/conflicts/groups?${query}`);
      expect(groups.body).toMatchObject({ views: { open: 1, snoozed: 1, done: 0 } });
      expect(listIn(groups, 'groups')).toMatchObject([{ kind: 'missing', count: 1 }]);
      const since = String(groups.body['readAt']);
      await make(4);
      const arrivals = await api().call(
        'approver',
        'get',
        `/api/v1/conflicts/arrivals?since=${since}&${query}`,
      );
      expect(arrivals.body).toMatchObject({ total: 2, arrived: 1 });
      expect(await subjects('approver', '&view=snoozed')).toEqual([snoozed]);
      expect(await subjects('approver', '&view=done')).toEqual([]);
      expect(await subjects('approver', '&kind=missing&bridge=main')).toContain(open);
      expect(await subjects('admin')).toEqual([]);
    });
  });

  it('who is new takes turns at once', async () => {
    const account = {
      email: 'neu@example.com',
      role: 'approver',
      language: 'de',
      passwordHash: null,
    } as const;
    const added = await createUser(session(), { ...account, name: 'Neu' });
    expect((await setDuty([added?.id ?? '', idOf('admin')])).status).toBe(200);
    expect(await readDuty()).toMatchObject({ current: { name: 'Neu' } });
  });
});
