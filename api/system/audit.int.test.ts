import { beforeAll, describe, expect, it } from 'vitest';
import { writeAudit, type AuditRecord } from '../../db/stores/audit.js';
import { replaceRules } from '../../db/stores/rules.js';
import { noteEntries } from '../../db/stores/bridge-entries.js';
import { stageEntries, stageTickets } from '../../db/stores/stage-entries.js';
import { makeBridge, makeConflict } from '../testing/make-rows.js';
import { withApi } from '../testing/test-api.js';

const AT = '2026-11-10T09:00:00Z';
const RULE = '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c21';
const TICKET = {
  ...{ ticketId: '50', ticketNumber: '50012', ticketTitle: 'Drucker', organizationId: '8' },
  ...{ organizationName: 'Hotel Seeblick', ticketCustomerId: '9', ticketCustomerName: 'Jana Kunde' },
  ...{
    groupId: '1',
    ticketMerged: false,
    mergedInto: null,
    unitSum: '30.0',
    articleCount: null,
    updatedAt: AT,
  },
};
const entry = (sourceId: string) => ({
  ...{ sourceId, ticketId: '50', unitText: '30.0', seconds: 1800, activityTypeId: '5' },
  ...{ activityTypeName: 'Support', userId: '3', userName: 'Anna', userEmail: null, articleId: null },
  ...{ description: '', entryDate: '2026-11-10', bookedAt: AT, updatedAt: AT, unreadable: null, tags: [] },
});

describe('the audit trail', () => {
  const api = withApi();
  let [conflictId, byRule] = ['', ''];

  beforeAll(async () => {
    const { db, webhookSecrets } = api().deps;
    await makeBridge(db, webhookSecrets);
    const session = { db, tx: null };
    await stageTickets(session, 'zammad', [TICKET], AT);
    const { changed } = await stageEntries(session, 'zammad', [entry('1'), entry('2')], AT);
    await noteEntries(session, 'zammad', changed);
    byRule = changed[0] ?? '';
    conflictId = await makeConflict(db);
    const rule = { id: RULE, name: 'Kleines von selbst', when: {}, then: 'ask', enabled: true } as const;
    await replaceRules(session, 'main', [rule]);
    const record = (kind: string, id: string, actor: AuditRecord['actor']): AuditRecord => ({
      ...{ bridgeId: 'main', runId: null, version: null, details: { of: `${kind} ${id}` } },
      ...{ action: 'entry.accepted', subject: { kind, id }, actor },
    });
    const person = { kind: 'person', id: api().users.approver.id } as const;
    await writeAudit(session, [
      record('conflict', conflictId, person),
      record('bridge', 'main', person),
      record('mapping', 'customers/organization:8', person),
      record('mapping', 'activities/5', person),
      record('mapping', 'users/77', person),
      record('user', api().users.viewer.id, person),
      record('entry', byRule, { kind: 'rule', id: `${RULE}/3` }),
    ]);
  });

  const read = async (filter = '') => {
    const { body } = await api().call('viewer', 'get', `/api/v1/audit?bridge=main${filter}`);
    return Array.isArray(body['items']) ? (body['items'] as readonly unknown[]) : [];
  };

  it('calls subjects what people call them, and leaves those out that have no name', async () => {
    expect(await read()).toMatchObject([
      { subjectKind: 'entry', subjectName: '#50012 Drucker' },
      { subjectKind: 'user', subjectName: 'The viewer' },
      { subjectId: 'users/77', subjectName: null },
      { subjectId: 'activities/5', subjectName: 'Support' },
      { subjectId: 'customers/organization:8', subjectName: 'Hotel Seeblick' },
      { subjectKind: 'bridge', subjectName: 'Main' },
      { subjectKind: 'conflict', subjectName: '#50012 Drucker druckt nicht' },
    ]);
  });

  it('names the rule that acted, and finds what it did under any of its revisions', async () => {
    expect(await read(`&actor=${RULE}`)).toMatchObject([
      { subjectKind: 'entry', actor: { kind: 'rule', name: 'Kleines von selbst' } },
    ]);
  });

  it('is read for a period', async () => {
    const now = new Date();
    const later = new Date(now.getTime() + 3_600_000).toISOString();
    expect(await read(`&from=${later}`)).toEqual([]);
    expect(await read(`&to=${later}`)).toHaveLength(7);
  });

  it('leads to the entries that a rule settled', async () => {
    const settled = async (rule: string) => {
      const { body } = await api().call('viewer', 'get', `/api/v1/standings?rule=${rule}`);
      return body;
    };
    expect(await settled(RULE)).toMatchObject({
      ...{ total: 1, ruleName: 'Kleines von selbst', items: [{ id: byRule }] },
    });
    expect(await settled('any')).toMatchObject({ total: 1, ruleName: null });
    const other = RULE.replace('5f', '6f');
    expect(await settled(other)).toMatchObject({ total: 0, ruleName: null });
  });
});
