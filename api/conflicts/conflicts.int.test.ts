import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeDecisions } from '../../db/stores/decisions.js';
import { moveConflicts } from '../../db/stores/conflicts.js';
import { rows } from '../../db/sql.js';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { DECISION_FAILURES, NOTE_REFUSED } from '../../domain/errors.js';
import { rejected, unavailable } from '../testing/fake-gateway.js';
import { LABELS, makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi, wrongFields } from '../testing/test-api.js';

describe('conflicts', () => {
  const api = withApi();
  const db = () => api().deps.db;
  beforeAll(async () => makeBridge(db(), api().deps.webhookSecrets));
  beforeEach(async () => {
    api().gateway.calls.length = 0;
    api().gateway.fail('decideConflict', null);
    await rows({ db: db(), tx: null }, 'delete from decisions returning 1');
    await rows({ db: db(), tx: null }, 'delete from conflicts returning 1');
  });

  const get = (path: string) => api().call('viewer', 'GET', `/api/v1/conflicts${path}`);
  const decide = (id: string, body: Record<string, unknown> = {}) =>
    api().call('approver', 'POST', `/api/v1/conflicts/${id}/decision`, {
      decisionId: randomUUID(),
      version: 'v1',
      choice: 'create',
      ...body,
    });

  /** What the worker's activity does when it takes a decision. */
  const take = async (conflictId: string, decisionId: string, bulkId: string | null = null) => {
    const session = { db: db(), tx: null };
    await moveConflicts(session, [{ id: conflictId }], ['open'], 'deciding');
    const decision = {
      id: decisionId,
      conflictId,
      bridgeId: 'main',
      subject: 'lead:1',
      kind: 'missing',
      version: 'v1',
      choice: 'create',
      parameters: {},
      note: null,
      actorKind: 'person',
      actorId: api().users.admin.id,
      actorName: 'The admin',
      bulkId,
    } as const;
    await storeDecisions(session, [decision], 10_000);
  };

  it('puts a question into the ticket, and says why where that is refused', async () => {
    const id = await makeConflict(db());
    const body = { askId: randomUUID(), text: 'Was it 15 minutes?', until: null };
    const ask = (path = id, sent: unknown = body, as: 'approver' | 'viewer' = 'approver') =>
      api().call(as, 'POST', `/api/v1/conflicts/${path}/questions`, sent);
    expect(await ask()).toMatchObject({ status: 201, body: { noteId: '90', asleep: true } });
    expect(api().gateway.calls).toMatchObject([
      { name: 'askAgent', args: [{ ticketId: '50' }, { askId: body.askId }] },
    ]);
    expect((await ask(id, { ...body, text: 'Another.' })).status).toBe(409); // the same id for another question
    expect((await ask(id, body, 'viewer')).status).toBe(403);
    expect(wrongFields(await ask(id, { ...body, text: ' ', until: '2020-01-01T00:00:00Z' }))).toContain(
      'text',
    );
    expect(wrongFields(await ask(id, { ...body, until: '2020-01-01T00:00:00Z' }))).toEqual(['until']);
    const reason = { code: 'note_not_allowed', facts: {} };
    api().gateway.fail('askAgent', rejected(NOTE_REFUSED, reason));
    expect(await ask()).toMatchObject({ status: 422, body: { code: 'note-refused', reason } });
    api().gateway.fail('askAgent', unavailable());
    expect(await ask()).toMatchObject({ status: 503, body: { code: 'note-pending' } });
    api().gateway.fail('askAgent', rejected(DECISION_FAILURES.closed));
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'not-open' } });
    api().gateway.fail('askAgent', null);
    const gap = await makeConflict(db(), { subject: 'lead:2' }, { ticketId: null, ticketNumber: null });
    expect(await ask(gap)).toMatchObject({ status: 422, body: { reason: { code: 'note_no_ticket' } } });
  });

  it('lists what is open, the largest first, and counts all of it on each page', async () => {
    for (const [subject, seconds] of [
      ['lead:1', 600],
      ['lead:2', -7200],
      ['lead:3', 3600],
    ] as const) {
      await makeConflict(db(), { subject, secondsAtStake: seconds });
    }
    const page = await get('?sort=stake&limit=2');
    expect(page.body).toMatchObject({
      total: 3,
      items: [{ secondsAtStake: -7200 }, { secondsAtStake: 3600 }],
    });
    const second = await get('?sort=stake&limit=2&offset=2');
    expect(second.body).toMatchObject({ total: 3, items: [{ secondsAtStake: 600 }] });
  });

  it('counts all kinds together just as it counts them one facet at a time', async () => {
    const beta = { customerKey: 'organization:2', customerName: 'Beta AG', personId: '9', personName: 'Bo' };
    const gap = { key: '5', name: 'Fernwartung' };
    await makeConflict(db(), { subject: 'lead:1', secondsAtStake: 600 });
    await makeConflict(db(), { subject: 'lead:2', secondsAtStake: -900 }, beta);
    await makeConflict(db(), { subject: 'gap:unmapped_activity:5', kind: 'unmapped_activity', gap }, beta);
    await makeConflict(
      db(),
      { subject: 'lead:4' },
      { customerKey: null, customerName: null, personId: null },
    );
    const facets = async (query: string) => {
      const { groups, kinds, customers, people, views } = (await get(`/groups${query}`)).body;
      return { groups, kinds, customers, people, views };
    };
    const together = await facets('');
    expect(together).toEqual(await facets(`?kind=${CONFLICT_KINDS.join(',')}`));
    expect(together['customers']).toHaveLength(2);
    expect(together['customers']).toContainEqual(
      expect.objectContaining({ key: 'organization:2', name: 'Beta AG', count: 2 }),
    );
  });

  it('filters by kind, customer and every word of a search, and groups in the order of the grouped list', async () => {
    const gap = { key: '5', name: 'Fernwartung' };
    await makeConflict(db(), { subject: 'lead:1' });
    await makeConflict(db(), { subject: 'gap:unmapped_activity:5', kind: 'unmapped_activity', gap });
    await makeConflict(
      db(),
      { subject: 'lead:9' },
      { customerKey: 'organization:2', customerName: 'Beta AG', ticketTitle: '100%' },
    );
    expect((await get('?kind=unmapped_activity,guard')).body['total']).toBe(1);
    expect((await get('?customer=organization:2')).body['total']).toBe(1);
    expect((await get('?q=drucker%20acme')).body['total']).toBe(2);
    expect((await get('?q=telefon%20beta')).body['total']).toBe(0);
    expect((await get('?q=%25')).body['total']).toBe(1);
    const groups = await get('/groups');
    expect(groups.body['groups']).toMatchObject([
      { kind: 'missing', count: 2 },
      { kind: 'unmapped_activity', count: 1 },
    ]);
    expect(groups.body['views']).toEqual({ open: 3, snoozed: 0, done: 0 });
    const grouped = await get('?grouped=true&sort=age');
    expect(grouped.body['items']).toMatchObject([
      { kind: 'missing' },
      { kind: 'missing' },
      { kind: 'unmapped_activity' },
    ]);
  });

  it('names every wrong part of a query and what is right', async () => {
    const answer = await get('?view=all&limit=1000&kind=nonsense');
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([...wrongFields(answer)].sort()).toEqual(['kind[0]', 'limit', 'view']);
    expect(answer.body).toMatchObject({
      type: 'urn:timebridge:problem:invalid-input',
      status: 422,
      code: 'invalid-input',
    });
  });

  it('shows one with the names of what Kimai only numbers, and links to all the pages', async () => {
    const id = await makeConflict(db());
    const { body } = await get(`/${id}`);
    expect(body['source']).toMatchObject({
      person: { id: '30', name: 'Anna Muster' },
      project: { id: '10', name: 'Wartung' },
      customer: { id: '1', name: 'ACME GmbH' },
      activity: { id: '20', name: 'Support' },
    });
    expect(body['links']).toMatchObject({
      ticket: 'https://zammad.example.com/#ticket/zoom/50',
      workflow: `http://localhost:8233/namespaces/default/workflows/conflict%2F${id}`,
    });
    expect((await get('/999999')).status).toBe(404);
  });

  it('hands a decision over and answers when it will be applied', async () => {
    const id = await makeConflict(db());
    const answer = await decide(id, { note: 'checked by phone' });
    expect([answer.status, answer.body['graceMs']]).toEqual([200, 10_000]);
    expect(api().gateway.calls).toMatchObject([
      {
        name: 'decideConflict',
        args: [
          { conflictId: id, bridgeId: 'main' },
          { choice: 'create', note: 'checked by phone' },
        ],
      },
    ]);
  });

  it('answers a repeated decision as the first time, without asking the process again', async () => {
    const id = await makeConflict(db());
    const decisionId = randomUUID();
    await take(id, decisionId);
    const answer = await decide(id, { decisionId });
    expect(answer.body).toMatchObject({ decisionId, graceMs: 10_000 });
    expect(api().gateway.calls).toEqual([]);
  });

  it('refuses a decision about older facts and sends the new ones along', async () => {
    const id = await makeConflict(db(), { version: 'v2', secondsAtStake: 5400 });
    const answer = await decide(id, { version: 'v1' });
    expect([answer.status, answer.body['code'], answer.body['version']]).toEqual([409, 'stale', 'v2']);
    expect(answer.body['conflict']).toMatchObject({ conflict: { secondsAtStake: 5400 } });
    expect(api().gateway.calls).toEqual([]);
  });

  it('says the same when the process finds out that the facts changed', async () => {
    const id = await makeConflict(db());
    api().gateway.fail('decideConflict', rejected('StaleVersion'));
    expect((await decide(id)).body['code']).toBe('stale');
  });

  it('says who was quicker', async () => {
    const id = await makeConflict(db());
    await take(id, randomUUID());
    const answer = await decide(id);
    expect([answer.status, answer.body['code']]).toEqual([409, 'not-open']);
    expect(answer.body['decision']).toMatchObject({ actor: { name: 'The admin' }, state: 'grace' });
    expect((await get('?view=open')).body['total']).toBe(0);
    expect((await get('?view=done')).body['items']).toMatchObject([
      { id, state: 'deciding', decision: { state: 'grace' } },
    ]);
  });

  it('refuses a choice that the case does not offer', async () => {
    const id = await makeConflict(db());
    const answer = await decide(id, { choice: 'delete_target' });
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid-decision']);
    expect(answer.body['reason']).toMatchObject({ code: 'choice_not_offered' });
  });

  it('asks to come back while Temporal is away', async () => {
    const id = await makeConflict(db());
    api().gateway.fail('decideConflict', unavailable());
    const answer = await decide(id);
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'temporal-unavailable',
      '5',
    ]);
  });

  it('tells of a case that it was decided together with others, and of those what they are called', async () => {
    const id = await makeConflict(db());
    const bulkId = randomUUID();
    const items = [{ conflictId: id, version: 'v1' }];
    const body = { bulkId, choice: 'create', note: null, items };
    expect((await api().call('approver', 'POST', '/api/v1/conflicts/bulk', body)).status).toBe(202);
    await take(id, randomUUID(), bulkId);
    expect((await get(`/${id}`)).body['conflict']).toMatchObject({ decision: { bulkId } });
    const bulk = await api().call('viewer', 'GET', `/api/v1/bulk/${bulkId}`);
    const named = { conflictId: id, kind: 'missing', ticketNumber: LABELS.ticketNumber, gapName: null };
    expect(bulk.body['items']).toMatchObject([named]);
    await rows({ db: db(), tx: null }, 'delete from decisions returning 1');
    await rows({ db: db(), tx: null }, 'delete from bulk_items returning 1');
  });

  it('keeps a comment in the timeline', async () => {
    const id = await makeConflict(db());
    const written = await api().call('approver', 'POST', `/api/v1/conflicts/${id}/comments`, {
      text: 'Bitte warten',
    });
    expect(written.status).toBe(201);
    const { body } = await get(`/${id}`);
    expect(body['timeline']).toMatchObject([
      {
        code: 'conflict.commented',
        facts: { text: 'Bitte warten' },
        actor: { kind: 'person', name: 'The approver' },
      },
    ]);
  });
});
