import { describe, expect, it } from 'vitest';
import {
  asks,
  bridge,
  decideFirst,
  decisionOn,
  entry,
  input,
  kinds,
  link,
  marked,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { reconcile } from './reconcile.js';

describe('a ticket that moved to another customer', () => {
  const leads = [1, 2, 3].map((id) => entry(id, { bookedAt: `2026-11-20T1${id}:00:00Z` }));
  const rows = leads.map((one, index) =>
    marked(10 + index, 1001 + index, { begin: `2026-11-20T1${index}:30:00Z` }),
  );
  const links = leads.map((one, index) => link(one, rows.slice(index, index + 1)));
  const moved = leads.map((one) => ({ ...one, organizationId: '8', organizationName: 'Beta' }));
  const before = input({ entries: moved, links, rows });

  it('I7 is one question with all its entries, and one answer moves them all', () => {
    const plan = reconcile(before);
    expect(kinds(plan)).toEqual(['ask mismatch']);
    expect(asks(plan)[0]?.facts).toMatchObject({
      subject: 'lead:1',
      entryIds: ['1', '2', '3'],
      differing: ['projectId'],
      secondsAtStake: 0,
      why: { code: 'ticket_moved', facts: { leadCount: 3 } },
    });
    expect(statesOf(plan)).toEqual({ 1: 'waiting', 2: 'waiting', 3: 'waiting' });
    const effects = asks(plan)[0]?.facts.choices.map(({ choice, effect }) => [choice, effect.code]);
    expect(effects).toContainEqual(['take_source', 'will_update_several']);
    expect(effects).toContainEqual(['keep_target', 'will_change_nothing']);
    const taken = decideFirst(before, 'take_source');
    expect(taken.steps.map((step) => [step.kind, step.leadId, step.by.kind])).toEqual([
      ['update', '1', 'decision'],
      ['update', '2', 'decision'],
      ['update', '3', 'decision'],
    ]);
    expect(stepOf(taken, 'update').changes).toEqual({ projectId: 'p8' });
    expect(kinds(decideFirst(before, 'keep_target'))).toEqual(['accept', 'accept', 'accept']);
    expect(statesOf(decideFirst(before, 'skip'))).toEqual({ 1: 'skipped', 2: 'skipped', 3: 'skipped' });
  });

  it('I7 asks anew when one of its entries changes, and rests until the latest change is old enough', () => {
    const [asked] = asks(reconcile(before));
    if (!asked) throw new Error('nothing is asked');
    const decisions = [decisionOn(asked, 'take_source')];
    const edited = moved.map((one, index) => (index === 2 ? { ...one, seconds: 2400 } : one));
    expect(kinds(reconcile(input({ entries: edited, links, rows, rest: { decisions } })))).toEqual([
      'ask mismatch',
    ]);
    const fresh = moved.map((one, index) =>
      index === 1 ? { ...one, updatedAt: '2026-11-23T11:55:00Z' } : one,
    );
    const quiet = reconcile(input({ entries: fresh, links, rows, bridge: bridge({ quietMinutes: 10 }) }));
    expect(stepOf(quiet, 'wait')).toMatchObject({ until: '2026-11-23T12:05:00Z', entryIds: ['1', '2', '3'] });
  });

  it('I7 leaves out what is locked, what was refused, and other tickets', () => {
    const exported = rows.map((one, index) => (index === 0 ? { ...one, exported: true } : one));
    const plan = reconcile(input({ entries: moved, links, rows: exported }));
    expect([...kinds(plan)].sort()).toEqual(['ask locked', 'ask mismatch']);
    expect(asks(plan).find(({ facts }) => facts.kind === 'mismatch')?.facts.entryIds).toEqual(['2', '3']);
    const locked = asks(plan).find(({ facts }) => facts.kind === 'locked');
    expect(locked?.facts.why).toMatchObject({
      code: 'ticket_moved_locked',
      facts: { fields: ['projectId'] },
    });
    const refusals = { 'lead:2': { code: 'budget', quoted: [], sent: 'other', at: '2026-11-23T11:00:00Z' } };
    const apart = reconcile(input({ entries: moved, links, rows, rest: { refusals } }));
    expect(asks(apart).map(({ facts }) => facts.entryIds)).toEqual([['1', '3'], ['2']]);
    const elsewhere = moved.map((one, index) =>
      index === 2 ? { ...one, ticketId: '51', ticketNumber: '51' } : one,
    );
    const two = reconcile(input({ entries: elsewhere, links, rows }));
    expect(asks(two).map(({ facts }) => facts.entryIds)).toEqual([['1', '2'], ['3']]);
  });
});

describe('a ticket that moved to another customer after it was billed', () => {
  const leads = [1, 2, 3].map((id) => entry(id, { bookedAt: `2026-11-20T1${id}:00:00Z` }));
  const billed = leads.map((one, index) => marked(10 + index, 1001 + index, { exported: index < 2 }));
  const links = leads.map((one, index) => link(one, billed.slice(index, index + 1)));
  const moved = leads.map((one) => ({ ...one, organizationId: '8' }));
  const before = input({ entries: moved, links, rows: billed });

  it('I7 asks once what is exported, which only stays, and once whether the open rows move', () => {
    const [exported, open] = asks(reconcile(before)).map(({ facts }) => facts);
    expect(exported).toMatchObject({
      kind: 'locked',
      entryIds: ['1', '2'],
      secondsAtStake: 0,
      why: { code: 'ticket_moved_locked', facts: { leadCount: 2, ticketNumber: '50012' } },
      choices: [{ choice: 'leave', blocked: null, effect: { code: 'will_change_nothing' } }],
    });
    expect(open).toMatchObject({ kind: 'mismatch', entryIds: ['3'], why: { code: 'ticket_moved' } });
    expect(statesOf(decideFirst(before, 'leave'))).toEqual({ 1: 'skipped', 2: 'skipped', 3: 'waiting' });
  });

  it('I29 asks by itself about an exported row whose time changed too: that is money', () => {
    const longer = moved.map((one, index) => (index === 0 ? { ...one, seconds: 2700 } : one));
    const [changed, ...others] = asks(reconcile(input({ entries: longer, links, rows: billed })));
    expect(changed?.facts).toMatchObject({ entryIds: ['1'], secondsAtStake: 900 });
    expect(changed?.facts.choices.map(({ choice }) => choice)).toContain('book_correction');
    expect(others.map(({ facts }) => facts.entryIds)).toEqual([['2'], ['3']]);
  });
});
