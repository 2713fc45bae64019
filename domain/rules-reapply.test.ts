import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  decisionOn,
  input,
  kinds,
  link,
  marked,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import type { Decision } from './conflict.js';
import type { BridgeRules, Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import type { Timesheet } from './timesheet.js';
import { lead } from './usual-case.test-support.js';

const written = marked(5, 1001);
const MAPPINGS: BridgeRules['mappings'] = {
  activities: { '3': { targetId: 'a9' } },
  users: { '4': { targetId: 'k9' } },
  customers: { 'organization:7': { targetId: 'p9' } },
};

/** The bridge's mappings changed after the entry was written; then an admin had them re-applied. */
function reapply(
  given: {
    readonly now?: Timesheet;
    readonly base?: Timesheet;
    readonly mappings?: BridgeRules['mappings'];
    readonly policies?: Partial<Policies>;
    readonly decisions?: readonly Decision[];
    readonly closedUntil?: string;
    readonly seconds?: number;
  } = {},
) {
  const { now = written, base = now, mappings = MAPPINGS, policies = {}, decisions = [] } = given;
  const one = { ...lead, seconds: given.seconds ?? lead.seconds };
  return input({
    entries: [booked(one, { reapply: true, state: 'agreed' })],
    links: [link(lead, [base])],
    rows: [now],
    bridge: bridge(policies, { mappings, closedUntil: given.closedUntil ?? null }),
    rest: { decisions },
  });
}

const DECIDED = {
  id: 'd1',
  subject: 'lead:1',
  kind: 'target_changed',
  version: 'of other facts',
  parameters: {},
  decidedAt: '2026-11-21T08:00:00Z',
} as const;

describe("today's mappings and description, re-applied to what is written and open", () => {
  it('I8 the row gets the new project, activity and person, and nothing else moves', () => {
    const { changes, by, why, acceptedSeconds } = stepOf(reconcile(reapply()), 'update');
    expect(changes).toEqual({ userId: 'k9', projectId: 'p9', activityId: 'a9' });
    expect([by.kind, why.code, acceptedSeconds]).toEqual(['policy', 'reapplied', 0]);
    expect(why.facts).toEqual({
      fields: ['projectId', 'activityId', 'userId'],
      targetSeconds: 1800,
      entryDay: '2026-11-20',
      ticketNumber: '50012',
    });
  });

  it('I8 a new description replaces our line, and what people added stays', () => {
    const now = { ...written, description: `${written.description ?? ''}\nAbsprache mit Frau Kunde` };
    const policies = { descriptionTemplate: 'Ticket {ticket.number}: {type}' };
    const plan = reconcile(reapply({ now, policies, mappings: bridge().mappings }));
    expect(stepOf(plan, 'update').changes).toEqual({
      description: 'Ticket 50012: Support [tb-x1-1001]\nAbsprache mit Frau Kunde',
    });
    expect(stepOf(plan, 'update').why.facts['fields']).toEqual([]);
  });

  it('I8 writes nothing where nothing would change', () => {
    expect(kinds(reconcile(reapply({ mappings: bridge().mappings })))).toEqual(['in_sync']);
  });

  it.each([
    ['exported', { now: { ...written, exported: true } }],
    ['in the closed period', { closedUntil: '2026-11-20' }],
    ['adopted: people wrote it, not we', { now: row(5) }],
    ['of a customer that is mapped no longer', { mappings: { ...MAPPINGS, customers: {} } }],
    ['of a person that is ignored now', { mappings: { ...MAPPINGS, users: { '4': { ignored: true } } } }],
  ] as const)('I8 leaves a row that is %s', (_name, given) => {
    expect(kinds(reconcile(reapply(given)))).toEqual(['in_sync']);
  });

  it('I8 a bridge without markers re-applies to every row it linked', () => {
    const plan = reconcile(reapply({ now: row(5), policies: { marker: false } }));
    expect(stepOf(plan, 'update').changes).toMatchObject({ projectId: 'p9' });
  });

  it.each(['keep_target', 'per_field', 'edit_and_retry', 'link', 'link_one', 'keep_one'] as const)(
    'I8 asks where a person chose what Kimai says (%s), and what is answered holds',
    (choice) => {
      const plan = reconcile(reapply({ decisions: [{ ...DECIDED, choice }] }));
      const [again] = asks(plan);
      if (!again) throw new Error('nothing is asked');
      expect(again.facts).toMatchObject({
        kind: 'mismatch',
        secondsAtStake: 0,
        differing: ['projectId', 'activityId', 'userId'],
        base: { projectId: 'p7' },
        source: { projectId: 'p9' },
        target: { projectId: 'p7' },
      });
      expect(statesOf(plan)).toEqual({ 1: 'waiting' });
      expect(kinds(reconcile(reapply({ decisions: [decisionOn(again, 'skip')] })))).toEqual(['skip']);
      const taken = reconcile(reapply({ decisions: [decisionOn(again, 'take_source')] }));
      expect(stepOf(taken, 'update').changes).toEqual({ userId: 'k9', projectId: 'p9', activityId: 'a9' });
    },
  );

  it('I22 what was answered about one mapping says nothing about another', () => {
    const [asked] = asks(reconcile(reapply({ decisions: [{ ...DECIDED, choice: 'keep_target' }] })));
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'keep_target')];
    expect(kinds(reconcile(reapply({ decisions })))).toEqual(['accept']);
    const mappings = { ...MAPPINGS, customers: { 'organization:7': { targetId: 'p8' } } };
    expect(kinds(reconcile(reapply({ decisions, mappings })))).toEqual(['ask mismatch']);
  });

  it.each(['create', 'take_source', 'create_again'] as const)(
    'I8 a row that a person only let us write (%s) follows without asking',
    (choice) => {
      expect(kinds(reconcile(reapply({ decisions: [{ ...DECIDED, choice }] })))).toEqual(['update']);
    },
  );

  it('I21 what is asked because a rule says so is answered once', () => {
    const rules = [{ id: 'r1', revision: 1, when: {}, then: 'ask' }] as const;
    const given = { ...reapply(), rules };
    const [asked] = asks(reconcile(given));
    if (!asked) throw new Error('nothing is asked');
    expect(asked).toMatchObject({
      by: { kind: 'rule', ruleId: 'r1' },
      facts: { why: { code: 'asked_by_rule' } },
    });
    const taken = reconcile({ ...given, decisions: [decisionOn(asked, 'take_source')] });
    expect(stepOf(taken, 'update')).toMatchObject({
      changes: { userId: 'k9', projectId: 'p9', activityId: 'a9' },
      by: { kind: 'decision' },
    });
    expect(kinds(reconcile({ ...given, decisions: [decisionOn(asked, 'skip')] }))).toEqual(['skip']);
  });

  it('I8 what changed in Zammad or Kimai since is settled first', () => {
    const changed = reapply({ now: { ...written, seconds: 3600 }, base: written });
    expect(asks(reconcile(changed))[0]?.facts.kind).toBe('target_changed');
    expect(stepOf(reconcile(reapply({ seconds: 2700 })), 'update')).toMatchObject({
      why: { code: 'source_changed' },
      desired: { seconds: 2700, projectId: 'p7' },
    });
  });
});
