import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  marked,
  statesOf,
  stepOf,
} from './books.test-support.js';
import type { Mappings } from './policies.js';
import { findProject, provisionKey, provisionOf } from './provision.js';
import { reconcile } from './reconcile.js';
import type { Refusal } from './reconcile-input.js';
import { at, factsOf, minus } from './usual-case.test-support.js';

const NOTHING: Mappings = { activities: {}, users: {}, customers: {} };
const everything = bridge().mappings;
const CUSTOMER = 'gap:unmapped_customer:organization:7';
const refusal = (sent: string, code = 'permission_missing'): Refusal => ({
  code,
  quoted: ['create_customer', 'create_project'],
  sent,
  at: '2026-11-20T10:00:00Z',
});

describe('I19 what stands behind a gap', () => {
  it('is told in the order of its numbers, whoever worked first, and the lowest speaks for all', () => {
    const entries = [
      entry(10, { activityTypeId: '99', bookedAt: at(8) }),
      entry(2, { activityTypeId: '99', bookedAt: at(9) }),
    ];
    const [asked, ...others] = asks(reconcile(input({ entries })));
    expect(others).toEqual([]);
    expect(asked?.facts.entryIds).toEqual(['2', '10']);
    expect(asked?.leadId).toBe('2');
  });

  it('is told under its own name: what belongs to a type, a person and a customer is not mixed up', () => {
    const given = (change: Parameters<typeof entry>[1], mappings: Partial<Mappings>) =>
      factsOf(
        input({
          entries: [entry(1, change)],
          bridge: bridge({}, { mappings: { ...everything, ...mappings } }),
        }),
      ).why.code;
    expect(given({ activityTypeId: null }, { activities: {} })).toBe('unmapped_no_activity');
    expect(given({ activityTypeId: 'customer:1' }, { activities: {} })).toBe('unmapped_activity');
    expect(given({ organizationId: null }, {})).toBe('unmapped_ticket_customer');
    expect(given({ organizationId: null, ticketCustomerId: null }, {})).toBe('unmapped_no_customer');
    const nobody = booked(entry(1), {
      frozen: { userId: '', bookedAt: at(10), entryDate: '2026-11-20' },
    });
    expect(factsOf(input({ entries: [nobody] })).why.code).toBe('unmapped_user');
  });
});

describe('I39 who is made', () => {
  const making = bridge({ customers: 'create' }, { mappings: { ...everything, customers: {} } });
  const gap = { kind: 'unmapped_customer', key: 'organization:7', name: 'Acme' } as const;
  const wanted = provisionOf(gap, 'x1');
  const sent = wanted ? provisionKey(wanted) : '';

  it('is made by the policy, and says who with which number', () => {
    const step = stepOf(reconcile(input({ entries: [entry(1)], bridge: making })), 'provision');
    expect(step.by).toEqual({ kind: 'policy' });
    expect(step.why).toEqual({ code: 'will_provision', facts: { name: 'Acme', number: 'x1-7' } });
  });

  it('is known again by all that would be sent', () => {
    expect(sent).toBe('["Acme","x1-7","Acme","x1-7"]');
  });

  it('is asked with all that was said, and anew when something else is said', () => {
    const facts = (code?: string) =>
      factsOf(
        input({
          entries: [entry(1)],
          bridge: making,
          rest: { refusals: { [CUSTOMER]: refusal(sent, code) } },
        }),
      );
    expect(facts().why.facts['quoted']).toBe('create_customer create_project');
    expect(facts().version).not.toBe(facts('target_refused').version);
    const plain = input({
      entries: [entry(1)],
      bridge: bridge({}, { mappings: { ...everything, customers: {} } }),
    });
    expect(facts().version).not.toBe(factsOf(plain).version);
  });

  it('is an ordinary gap where people say, whatever was refused before', () => {
    const proposing = bridge({}, { mappings: { ...everything, customers: {} } });
    const rest = { refusals: { [CUSTOMER]: refusal(sent) } };
    expect(factsOf(input({ entries: [entry(1)], bridge: proposing, rest })).why.code).toBe(
      'unmapped_customer',
    );
  });

  it('has a name of two letters at least, cut without a blank at its end', () => {
    expect(provisionOf({ ...gap, name: 'AB' }, 'x1')?.customer.name).toBe('AB');
    expect(provisionOf({ ...gap, name: 'A' }, 'x1')).toBeNull();
    const long = `${'x'.repeat(149)} y`;
    expect(provisionOf({ ...gap, name: long }, 'x1')?.customer.name).toBe('x'.repeat(149));
  });

  it('without a number of its own is known by the name alone, never by another that has none either', () => {
    const unnumbered = provisionOf({ ...gap, key: 'organization:123456789' }, 'x1');
    if (!unnumbered) throw new Error('nobody would be made');
    const item = (name: string) => ({
      ...({ kind: 'project', externalId: '5', name, parentId: '1', number: null } as const),
      ...{ orderNumber: null, email: null, active: true },
    });
    expect(findProject(unnumbered, [item('Other')])).toEqual({ kind: 'doubt', doubt: 'other_projects' });
    expect(findProject(unnumbered, [item('Acme')])).toMatchObject({ kind: 'found', item: { name: 'Acme' } });
    expect(findProject(unnumbered, [{ ...item('Acme'), active: false }])).toEqual({
      kind: 'doubt',
      doubt: 'project_closed',
    });
    expect(findProject(unnumbered, [item('Acme'), { ...item('Acme'), externalId: '6' }])).toEqual({
      kind: 'doubt',
      doubt: 'several_projects',
    });
  });
});

describe('I18 where an entry stands that several steps are about', () => {
  it('is named by each question once, in order, and by nothing that is no question', () => {
    const entries = [entry(1), minus(2, 11, 600)];
    const poor = bridge({}, { mappings: NOTHING });
    const [first] = reconcile(input({ entries, bridge: poor })).outcomes;
    expect(first?.subjects).toEqual([CUSTOMER, 'gap:unmapped_activity:3', 'gap:unmapped_user:4'].sort());
    const plan = reconcile(input({ entries }));
    expect(plan.outcomes.map(({ subjects }) => subjects)).toEqual([[], []]);
  });

  it('a correction that is netted in part and asked for the rest waits, whichever comes first', () => {
    const entries = [
      entry(1, { bookedAt: at(9), seconds: 600 }),
      minus(2, 10, 900),
      entry(3, { bookedAt: at(11) }),
    ];
    const plan = reconcile(input({ entries }));
    expect(statesOf(plan)).toEqual({ 1: 'agreed', 2: 'waiting', 3: 'pending' });
  });

  it('all entries of a ticket that rests rest with it', () => {
    const leads = [1, 2].map((id) => entry(id, { bookedAt: at(9 + id), updatedAt: '2026-11-23T11:59:00Z' }));
    const rows = leads.map((one, index) => marked(10 + index, 1001 + index, { begin: at(9 + index, 30) }));
    const plan = reconcile(
      input({
        entries: leads.map((one) => ({ ...one, organizationId: '8' })),
        links: leads.map((one, index) => link(one, rows.slice(index, index + 1))),
        rows,
        bridge: bridge({ quietMinutes: 10 }),
      }),
    );
    expect(kinds(plan)).toEqual(['wait']);
    expect(statesOf(plan)).toEqual({ 1: 'pending', 2: 'pending' });
  });

  it('I20 what a guard dropped is skipped with all its parts, while another guard still asks', () => {
    const leads = Array.from({ length: 62 }, (_, index) => entry(index + 1, { ticketId: `${index}` }));
    const rows = leads.map((one) => marked(1000 + Number(one.id), 1000 + Number(one.id)));
    const correction = minus(100, 11, 600, { ticketId: '20' });
    const given = input({
      entries: [
        ...leads.map((one, index) =>
          index < 11 ? { ...one, deletedAt: at(12) } : { ...one, seconds: 2700 },
        ),
        correction,
      ],
      links: leads.map((one, index) => link(one, rows.slice(index, index + 1))),
      rows,
      bridge: bridge({ sourceDeletions: 'delete' }),
    });
    const guards = asks(reconcile(given));
    expect(guards.map(({ facts }) => facts.subject)).toEqual(['guard:deletes', 'guard:updates']);
    const dropAll = guards.map((one) => decisionOn(one, 'drop'));
    const onlyUpdates = reconcile({ ...given, decisions: dropAll.slice(1) });
    const standing = (id: string) => onlyUpdates.outcomes.find(({ entryId }) => entryId === id);
    expect(standing('21')).toMatchObject({ state: 'skipped', subjects: [] });
    expect(standing('100')).toMatchObject({ state: 'skipped', subjects: [] });
    expect(stepOf(onlyUpdates, 'skip').entryIds.length).toBeGreaterThan(0);
    expect(asks(onlyUpdates).map(({ facts }) => facts.subject)).toEqual(['guard:deletes']);
  });
});
