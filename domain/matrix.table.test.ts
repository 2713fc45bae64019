import { describe, expect, it } from 'vitest';
import { asks, bridge, entry, input, stepOf } from './books.test-support.js';
import { CHOICES_BY_KIND, CONFLICT_KINDS } from './conflict.js';
import { DECIDED, NAMES, decided } from './matrix.test-support.js';
import type { Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import { SITUATIONS, booksOf } from './situations.test-support.js';

describe('every conflict kind and every decision', () => {
  it('has a case for each kind, and a row for each decision that the kind offers', () => {
    const rows = new Set(DECIDED.map(([name, choice]) => `${SITUATIONS[name].kind} ${choice}`));
    const offered = CONFLICT_KINDS.flatMap((kind) =>
      CHOICES_BY_KIND[kind].map((choice) => `${kind} ${choice}`),
    );
    expect(offered.filter((pair) => !rows.has(pair))).toEqual([]);
    expect([...rows].filter((pair) => !offered.includes(pair))).toEqual([]);
  });

  it.each(NAMES)('%s: is asked', (name) => {
    expect(asks(reconcile(booksOf(name))).map(({ facts }) => facts.kind)).toEqual([SITUATIONS[name].kind]);
  });

  it.each(DECIDED)('%s: %s %j → %s', (...row) => {
    expect(decided(row)).toBe(row[3]);
  });

  it.each(NAMES)('%s: each decision says beforehand what it would do', (name) => {
    const facts = asks(reconcile(booksOf(name)))[0]?.facts;
    const silent = (facts?.choices ?? []).filter(
      ({ effect, blocked }) => effect.code === '' && blocked === null,
    );
    expect(silent).toEqual([]);
    expect(new Set(facts?.choices.map(({ choice }) => choice))).toEqual(
      new Set(CHOICES_BY_KIND[SITUATIONS[name].kind]),
    );
  });
});

describe('every policy that shows in what is written', () => {
  const written = (policies: Partial<Policies>) => {
    const entries = [entry(1, { bookedAt: '2026-11-20T10:00:30Z' })];
    return stepOf(reconcile(input({ entries, bridge: bridge(policies) })), 'create').desired;
  };

  it.each<[string, Partial<Policies>, object]>([
    ['ends when it was booked', {}, { begin: '2026-11-20T10:30:00', end: '2026-11-20T11:00:00' }],
    ['begins when it was booked', { placement: 'starts_when_booked' }, { begin: '2026-11-20T11:00:00' }],
    ['begins with the day', { placement: 'day_start' }, { begin: '2026-11-20T08:00:00' }],
    ['… whenever that is', { placement: 'day_start', dayStart: '06:45' }, { begin: '2026-11-20T06:45:00' }],
    ['is booked on the project of its customer', {}, { projectId: 'p7' }],
    ['is booked on the one project', { project: 'fixed', fixedProjectId: 'p1' }, { projectId: 'p1' }],
    [
      'names ticket and title, with our marker',
      {},
      { description: '#50012 Drucker druckt nicht [tb-x1-1001]' },
    ],
    ['carries no marker', { marker: false }, { description: '#50012 Drucker druckt nicht' }],
    [
      'names what the template says',
      { descriptionTemplate: '{organization} / {type} / {person} {unknown}' },
      { description: 'Acme / Support / Anna Vogt {unknown} [tb-x1-1001]' },
    ],
    ['carries our tags', { tags: ['zammad', 'support'] }, { tags: ['zammad', 'support'] }],
    ['carries none', { tags: [] }, { tags: [] }],
    ['leaves billable to Kimai', {}, { billable: null }],
    ['says that it is not billable', { billableByActivity: { a3: false } }, { billable: false }],
    ['says that it is billable', { billableByActivity: { a3: true } }, { billable: true }],
    ['says nothing about another activity', { billableByActivity: { a5: false } }, { billable: null }],
  ])('I23 a new row %s', (_told, policies, expected) => {
    expect(written(policies)).toMatchObject(expected);
  });
});
