import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../db/sql.js';
import { noteEntries } from '../../db/stores/bridge-entries.js';
import { stageEntries } from '../../db/stores/stage-entries.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

/** A day so many days before today, as `YYYY-MM-DD`. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

const entry = (sourceId: string, entryDate: string, seconds: number) => ({
  sourceId,
  entryDate,
  seconds,
  ...{ ticketId: '50', unitText: String(seconds / 60), activityTypeId: '5', activityTypeName: 'Support' },
  ...{ userId: '3', userName: 'Anna Muster', userEmail: null, articleId: null, description: '' },
  ...{ bookedAt: `${entryDate}T09:00:00Z`, updatedAt: `${entryDate}T09:00:00Z`, unreadable: null, tags: [] },
});

describe('the overview', () => {
  const api = withApi();

  beforeAll(async () => {
    const { db, webhookSecrets } = api().deps;
    await makeBridge(db, webhookSecrets);
    const session = { db, tx: null };
    const today = daysAgo(0);
    const staged = [
      entry('1', today, 3_600),
      entry('2', today, -600),
      entry('3', today, 1_800),
      entry('4', daysAgo(21), 900),
      entry('5', today, 50_000),
      entry('6', daysAgo(400), 60_000),
    ];
    const { changed } = await stageEntries(session, 'zammad', staged, `${today}T10:00:00Z`);
    await noteEntries(session, 'zammad', changed);
    for (const [sourceId, state] of [
      ...(['1', '2', '6'] as const).map((id) => [id, 'agreed'] as const),
      ...([
        ['3', 'waiting'],
        ['4', 'skipped'],
        ['5', 'before_start'],
      ] as const),
    ])
      await rows(
        session,
        `update bridge_entries b set state = $2 from time_entries e
         where e.id = b.time_entry_id and e.source_id = $1 returning 1`,
        [sourceId, state],
      );
    const conflictId = await makeConflict(db, {});
    const decided = `insert into decisions (id, conflict_id, bridge_id, subject, kind, version, choice, parameters,
        actor_kind, actor_id, actor_name, state, decided_at, apply_after)
      select gen_random_uuid(), $1, 'main', 'lead:1', 'missing', 'v', 'skip', '{}', 'person', $2, 'Anna', $3,
        now() - make_interval(days => $4::int), now() returning 1`;
    const { id } = api().users.approver;
    for (const [state, days] of [
      ['applied', 1],
      ['applied', 2],
      ['withdrawn', 1],
      ['applied', 40],
    ] as const)
      await rows(session, decided, [conflictId, id, state, days]);
  });

  it('sums the hours of each week by where they stand, corrections with their sign', async () => {
    const { status, body } = await api().call('viewer', 'get', '/api/v1/overview');
    expect(status).toBe(200);
    const weeks = Array.isArray(body['weeks']) ? body['weeks'] : [];
    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)).toMatchObject({
      ...{ agreedSeconds: 3_000, waitingSeconds: 1_800, pendingSeconds: 0, skippedSeconds: 0 },
    });
    expect(weeks.at(-4)).toMatchObject({ agreedSeconds: 0, skippedSeconds: 900 });
    expect(weeks.at(0)).toMatchObject({ agreedSeconds: 0, skippedSeconds: 0 });
  });

  it('counts what people decided in the last 30 days and did not take back', async () => {
    const { body } = await api().call('viewer', 'get', '/api/v1/overview');
    expect(body['deciders']).toEqual([
      { kind: 'person', id: api().users.approver.id, name: 'Anna', count: 2 },
    ]);
  });

  it('leads to the entries behind each number', async () => {
    const list = async (query: string) =>
      (await api().call('viewer', 'get', `/api/v1/standings?${query}`)).body;
    expect(await list('state=agreed')).toMatchObject({ total: 3, seconds: 63_000 });
    expect(await list(`state=agreed,skipped&from=${daysAgo(30)}`)).toMatchObject({
      total: 3,
      seconds: 3_900,
    });
    expect(await list('bridge=other')).toMatchObject({ total: 0, items: [] });
    expect(await list('state=waiting')).toMatchObject({
      items: [
        { sourceId: '3', state: 'waiting', personName: 'Anna Muster', seconds: 1_800, bridgeName: 'Main' },
      ],
    });
    expect((await api().call('viewer', 'get', '/api/v1/standings?state=gone')).status).toBe(422);
  });
});
