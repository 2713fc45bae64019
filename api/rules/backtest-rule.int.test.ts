import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeConflicts } from '../../db/stores/conflicts.js';
import { storeDecisions } from '../../db/stores/decisions.js';
import { rows } from '../../db/sql.js';
import type { Choice, ConflictFacts } from '../../domain/conflict.js';
import { makeBridge, makeConflict, makeFacts } from '../testing/make-rows.js';
import { listIn, withApi, wrongFields } from '../testing/test-api.js';

const BLOCKED = { code: 'locked_export', facts: {} };

describe('a rule tested on recorded conflicts', () => {
  const api = withApi();
  const session = () => ({ db: api().deps.db, tx: null });
  const test = (body: unknown, as: 'approver' | 'admin' = 'approver', bridge = 'main') =>
    api().call(as, 'post', `/api/v1/bridges/${bridge}/rules/backtest`, body);

  /** A case that a person decided so and that is closed; returns its id. */
  async function decided(subject: string, choice: Choice, facts: Partial<ConflictFacts> = {}) {
    const conflictId = await makeConflict(api().deps.db, { subject, ...facts });
    const id = randomUUID();
    const of = { id, conflictId, bridgeId: 'main', subject, kind: facts.kind ?? 'missing', version: 'v1' };
    const by = { actorKind: 'person', actorId: api().users.approver.id, actorName: 'The approver' } as const;
    await storeDecisions(session(), [{ ...of, ...by, choice, parameters: {}, note: null, bulkId: null }], 0);
    await closeConflicts(session(), [{ conflictId, decisionId: id }]);
    return conflictId;
  }

  const create = { name: 'Book it', when: { kinds: ['missing'] }, then: 'create', enabled: false };
  let skipped = '';
  let long = '';
  beforeAll(async () => {
    await makeBridge(api().deps.db, api().deps.webhookSecrets);
    await decided('lead:1', 'create', { secondsAtStake: 600 });
    await decided('lead:2', 'create', { secondsAtStake: -900 });
    skipped = await decided('lead:3', 'skip', { secondsAtStake: 1200 });
    long = await decided('lead:4', 'skip', { secondsAtStake: 14_400 });
    const choices = makeFacts().choices.map((one) => ({ ...one, blocked: BLOCKED }));
    await decided('lead:5', 'create', { choices });
    await decided('lead:6', 'keep_target', { kind: 'target_changed' });
    await decided('gap:1', 'map', { kind: 'unmapped_user' });
    await makeConflict(api().deps.db, { subject: 'lead:7' });
  });

  it('counts what it would have decided, and names the cases that people decided differently', async () => {
    const answer = await test({ rule: create });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      considered: 6,
      matched: 5,
      decided: 4,
      same: 2,
      different: 2,
      left: 1,
    });
    expect(answer.body['summary']).toEqual({
      code: 'backtest',
      facts: { consideredCount: 6, decidedCount: 4, differentCount: 2 },
    });
    const shown = { ticketNumber: '50012', customerName: 'ACME GmbH', person: 'skip', rule: 'create' };
    const examples = listIn(answer, 'examples');
    expect(examples).toMatchObject([
      { ...shown, conflictId: long, secondsAtStake: 14_400 },
      { ...shown, conflictId: skipped, secondsAtStake: 1200 },
    ]);
    expect(Object.keys(examples[0] ?? {})).not.toContain('open');
  });

  it('looks at every part of the condition, the activity type of the lead among them', async () => {
    const counted = async (when: object) => (await test({ rule: { ...create, when } })).body['matched'];
    expect(await counted({ customerKeys: ['organization:1'], userIds: ['3'], secondsBelow: 1201 })).toBe(3);
    expect(await counted({ customerKeys: ['organization:2'] })).toBe(0);
    expect(await counted({ activityTypeIds: ['5'] })).toBe(0);
    const entry = await rows<{ id: string }>(
      session(),
      `insert into time_entries (connector_id, source_id, ticket_id, unit_text, seconds, activity_type_id, user_id,
         user_name, description, entry_date, booked_at, source_updated_at, read_at)
       values ('zammad', '1', '50', '10', 600, '5', '3', 'Anna', '', '2026-11-10', now(), now(), now()) returning id`,
    );
    await decided('lead:8', 'create', { entryIds: [entry[0]?.id ?? ''] });
    expect(await counted({ activityTypeIds: ['5'] })).toBe(1);
  });

  it('leaves to the rules before it what they take; switched-off ones take nothing', async () => {
    const ask = { name: 'Long ones', when: { secondsFrom: 3600 }, then: 'ask', enabled: true };
    const put = (items: readonly object[]) =>
      api().call('admin', 'put', '/api/v1/bridges/main/rules', { items });
    const stored = listIn(await put([create, ask]), 'items');
    const mine = { ...create, id: stored[0]?.['id'] };
    expect((await test({ rule: create })).body).toMatchObject({ different: 1 });
    expect((await test({ rule: create, place: 1 })).body).toMatchObject({ different: 2 });
    expect((await test({ rule: mine })).body).toMatchObject({ different: 2 });
    expect((await test({ rule: mine, place: 2 })).body).toMatchObject({ different: 1 });
    await put([{ ...ask, enabled: false }]);
    expect((await test({ rule: create })).body).toMatchObject({ different: 2 });
    await put([]);
  });

  it('names what is wrong with the rule, and decides, stores and audits nothing', async () => {
    const never = await test({ rule: { ...create, then: 'delete_target' } });
    expect([never.status, wrongFields(never)]).toEqual([422, ['rule.then']]);
    const hidden = await test({ rule: { ...create, when: { kinds: ['guard', 'missing'] } } });
    expect(wrongFields(hidden)).toEqual(['rule.when.kinds']);
    expect((await test({ rule: create }, 'admin', 'elsewhere')).status).toBe(404);
    const count = async () =>
      (
        await rows(
          session(),
          'select (select count(*) from decisions), (select count(*) from rules) as r, (select count(*) from audit_logs) as a',
        )
      )[0];
    const before = await count();
    await test({ rule: create });
    expect(await count()).toEqual(before);
  });
});
