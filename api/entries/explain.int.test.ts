import { beforeAll, describe, expect, it } from 'vitest';
import { noteEntries } from '../../db/stores/bridge-entries.js';
import { stageEntries, stageTickets } from '../../db/stores/stage-entries.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

const AT = '2026-11-10T09:00:00Z';

const TICKET = {
  ticketId: '50',
  ticketNumber: '50012',
  ticketTitle: 'Drucker druckt nicht',
  organizationId: '1',
  organizationName: 'ACME GmbH',
  ticketCustomerId: '9',
  ticketCustomerName: 'Jana Kunde',
  groupId: '1',
  ticketMerged: false,
  mergedInto: null,
  unitSum: '30.0',
  articleCount: null,
  updatedAt: AT,
};

describe('an explanation', () => {
  const api = withApi();
  let entryId = '';

  beforeAll(async () => {
    const { db, webhookSecrets } = api().deps;
    await makeBridge(db, webhookSecrets);
    const session = { db, tx: null };
    await stageTickets(session, 'zammad', [TICKET], AT);
    const entry = {
      sourceId: '123',
      ticketId: '50',
      unitText: '30.0',
      seconds: 1800,
      activityTypeId: '5',
      activityTypeName: 'Support',
      userId: '3',
      userName: 'Anna Muster',
      userEmail: 'anna@example.com',
      articleId: null,
      description: '',
      entryDate: '2026-11-10',
      bookedAt: AT,
      updatedAt: AT,
      unreadable: null,
      tags: [],
    };
    const { changed } = await stageEntries(session, 'zammad', [entry], AT);
    entryId = changed[0] ?? '';
    await noteEntries(session, 'zammad', changed);
    await makeConflict(db, { subject: `lead:${entryId}`, entryIds: [entryId] });
  });

  it('has the entry, where it stands, and what happened, the oldest first', async () => {
    const { status, body } = await api().call('viewer', 'get', '/api/v1/entries/123/explain');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      entry: { source_id: '123', time_minutes: 30, ticket_number: '50012', ticket_merged: false },
      bridge: { id: 'main', name: 'Main' },
      standing: { state: 'new', why: null },
      link: null,
      events: [
        {
          code: 'entry.booked',
          at: '2026-11-10T09:00:00.000Z',
          actor: { kind: 'person', name: 'Anna Muster' },
        },
        { code: 'entry.first_read' },
        { code: 'conflict.opened', facts: { kind: 'missing', cause: 'missing_ask' } },
      ],
    });
  });

  it('is 404 for an entry that nobody read, and 422 for what is no id', async () => {
    expect((await api().call('viewer', 'get', '/api/v1/entries/999/explain')).status).toBe(404);
    expect((await api().call('viewer', 'get', '/api/v1/entries/a%20b/explain')).status).toBe(422);
    expect((await api().call('viewer', 'get', '/api/v1/entries/123/explain?bridge=other')).status).toBe(404);
  });

  it('says that the ticket was merged into another one since', async () => {
    const session = { db: api().deps.db, tx: null };
    await stageTickets(session, 'zammad', [{ ...TICKET, ticketMerged: true }], '2026-11-11T09:00:00Z');
    const { body } = await api().call('viewer', 'get', '/api/v1/entries/123/explain');
    expect(body).toMatchObject({ entry: { ticket_number: '50012', ticket_merged: true } });
  });

  it('is found by the number of the ticket', async () => {
    const { body } = await api().call('viewer', 'get', '/api/v1/entries?ticket=50012');
    expect(body).toMatchObject({
      items: [{ sourceId: '123', bridgeId: 'main', entryDate: '2026-11-10', seconds: 1800, state: 'new' }],
    });
    expect((await api().call('viewer', 'get', '/api/v1/entries?ticket=abc')).status).toBe(422);
  });
});
