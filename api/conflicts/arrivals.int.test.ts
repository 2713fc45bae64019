import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveConflicts, snoozeConflict } from '../../db/stores/conflicts.js';
import { rows } from '../../db/sql.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

describe('what comes to the inbox', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const make = (number: number, version = 'v1') =>
    makeConflict(api().deps.db, { subject: `lead:${number}`, version });
  beforeAll(async () => makeBridge(api().deps.db, api().deps.webhookSecrets));
  beforeEach(() => rows(session(), 'delete from conflicts returning 1'));

  const get = async (path: string) => (await api().call('viewer', 'GET', `/api/v1/conflicts${path}`)).body;
  const readAt = async () => String((await get('/groups'))['readAt']);
  const arrivals = (since: string, filter = '') => get(`/arrivals?since=${since}${filter}`);
  const listed = async (view: string) => (await get(`?view=${view}`))['total'];
  const openOfBridge = async () => (await api().call('viewer', 'GET', '/api/v1/bridges/main')).body['bridge'];
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
  /** The database's clock goes on: a moment that was near is over. */
  const letPass = (id: string) =>
    rows(
      session(),
      `update conflicts set snoozed_until = now() - interval '1 ms' where id = $1 returning 1`,
      [id],
    );

  it('is back on its day although it would have come back earlier with a change', async () => {
    const id = await make(1);
    await snoozeConflict(session(), id, inSeconds(3_600), true);
    expect([await listed('open'), await listed('snoozed')]).toEqual([0, 1]);
    expect(await openOfBridge()).toMatchObject({ openConflicts: 0 }); // as many as the inbox lists
    await letPass(id);
    expect([await listed('open'), await listed('snoozed')]).toEqual([1, 0]);
    expect(await openOfBridge()).toMatchObject({ openConflicts: 1 });
    expect((await get(`/${id}`))['conflict']).toMatchObject({
      snoozedUntil: null,
      snoozedUntilChange: false,
    });
  });

  it('tells when the next one comes back by itself', async () => {
    const [first, second] = [inSeconds(3_600), inSeconds(7_200)];
    await snoozeConflict(session(), await make(1), second, true);
    await snoozeConflict(session(), await make(2), first, true);
    await snoozeConflict(session(), await make(3), null, true);
    expect((await get('/groups'))['nextReturn']).toBe(first);
    expect((await arrivals(await readAt()))['nextReturn']).toBe(first);
  });

  it('counts what is new, open again or awake, and not what was there before or only changed', async () => {
    const [there, decided, changing, sleeping, waking] = [
      await make(1),
      await make(2),
      await make(3),
      await make(4),
      await make(5),
    ];
    await moveConflicts(session(), [{ id: decided }], ['open'], 'deciding');
    await snoozeConflict(session(), changing, null, true);
    await snoozeConflict(session(), sleeping, inSeconds(3_600), true);
    await snoozeConflict(session(), waking, null, true);
    const since = await readAt();
    expect(await arrivals(since)).toMatchObject({ total: 1, arrived: 0 });

    await make(1, 'v2'); // changed where it stands
    await make(6);
    await moveConflicts(session(), [{ id: decided }], ['deciding'], 'open');
    await make(3, 'v2'); // what it waited for
    await rows(session(), 'update conflicts set snoozed_until = now() where id = $1 returning 1', [sleeping]);
    await snoozeConflict(session(), waking, null, false);
    expect(await arrivals(since)).toMatchObject({ total: 6, arrived: 5 });
    // As many have gone as have come: they are new all the same.
    await moveConflicts(session(), [{ id: there }], ['open'], 'deciding');
    expect(await arrivals(since)).toMatchObject({ total: 5, arrived: 5 });
    expect(await arrivals(since, '&kind=locked')).toMatchObject({ total: 0, arrived: 0 });
  });
});
