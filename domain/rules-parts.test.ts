import { describe, expect, it } from 'vitest';
import {
  asks,
  booked,
  bridge,
  entry,
  input,
  kinds,
  link,
  marked,
  row,
  statesOf,
  stepOf,
} from './books.test-support.js';
import { sumsByMonth } from './month-sums.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { agreed, DELETED_AT, factsOf, lead, linked } from './usual-case.test-support.js';

describe('what is offered and matched', () => {
  it('I29 no row of a deleted entry, nor of one whose case is closed, and twenty at most', () => {
    const exported = { ...linked, exported: true };
    const given = (other: Parameters<typeof link>[2], rest: object = {}) => {
      const one = entry(2, { ticketId: '51', bookedAt: '2026-11-19T10:00:00Z' });
      const its = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
      return input({
        entries: [
          { ...lead, seconds: 900 },
          { ...one, ...rest },
        ],
        links: [...agreed, link(one, [its], other)],
        rows: [exported, its],
      });
    };
    const deducts = (from: ReconcileInput) =>
      asks(reconcile(from))
        .find(({ facts }) => facts.kind === 'locked')
        ?.facts.choices.filter(({ choice, targetId }) => choice === 'deduct' && targetId !== null).length;
    expect(deducts(given({}))).toBe(1);
    expect(deducts(given({}, { deletedAt: DELETED_AT }))).toBe(0);
    expect(deducts(given({ closed: true }))).toBe(0);
    const ids = Array.from({ length: 21 }, (_, index) => index + 2);
    const many = ids.map((id) => entry(id, { ticketId: `${id}` }));
    const rows = ids.map((id) => marked(100 + id, 1000 + id));
    const all = input({
      entries: [{ ...lead, seconds: 900 }, ...many],
      links: [...agreed, ...many.map((one, index) => link(one, rows.slice(index, index + 1)))],
      rows: [exported, ...rows],
    });
    expect(deducts(all)).toBe(20);
  });

  it('I17 of equally good rows the nearer duration stands first', () => {
    const similar = (id: number, seconds: number) => row(id, { description: 'Drucker druckt', seconds });
    const given = input({
      entries: [lead],
      rows: [similar(7, 5400), similar(8, 3600), similar(9, 7200)],
      bridge: bridge({ fuzzyThreshold: 0.3 }),
    });
    expect(factsOf(given).candidates.map(({ timesheet }) => timesheet.externalId)).toEqual(['8', '7', '9']);
  });

  it.each([
    [0.525, 'ask ambiguous'],
    [0.526, 'create'],
  ])(
    'I17 all words and the project outweigh three days and another duration, up to %d',
    (fuzzyThreshold, expected) => {
      const far = row(7, {
        begin: '2026-11-17T09:30:00Z',
        seconds: 7200,
        description: 'Drucker druckt nicht',
      });
      const plan = reconcile(input({ entries: [lead], rows: [far], bridge: bridge({ fuzzyThreshold }) }));
      expect(kinds(plan)).toEqual([expected]);
    },
  );

  it('I17 a title of short words, or a row without words, is compared by everything else', () => {
    const short = { ...lead, ticketTitle: 'PC' };
    for (const given of [
      input({ entries: [short], rows: [row(7, { description: 'PC Tausch' })] }),
      input({ entries: [lead], rows: [row(7, { description: null })] }),
    ])
      expect(factsOf(given).candidates).toMatchObject([{ score: 0.7, parts: { text: 0, project: 1 } }]);
  });
});

describe('links whose rows or parts are gone', () => {
  const minus = entry(2, { seconds: -1800, bookedAt: '2026-11-20T11:00:00Z' });
  const zero = [
    { entryId: '1', signedSeconds: 1800 },
    { entryId: '2', signedSeconds: -1800 },
  ];

  it('I11 a kept row of a net zero that people delete later is noted, and the link stays', () => {
    const given = input({
      entries: [lead, minus],
      links: [link(lead, [linked], { members: zero, acceptedSeconds: 0 })],
      rows: [{ ...linked, deletedAt: DELETED_AT }],
    });
    expect(stepOf(reconcile(given), 'accept')).toMatchObject({
      why: { code: 'gone_on_both_sides' },
      rows: [],
      closes: false,
    });
  });

  it('I12 a closed link without rows forgets the parts of an entry that is deleted', () => {
    const closed = link(lead, [], { closed: true });
    const plan = reconcile(input({ entries: [{ ...lead, deletedAt: DELETED_AT }], links: [closed] }));
    expect(stepOf(plan, 'accept')).toMatchObject({
      why: { code: 'gone_on_both_sides' },
      members: [],
      closes: true,
    });
  });

  it('I28 one exported row of several is enough to ask before anything of the entry is deleted', () => {
    const more = marked(6, 1001, { seconds: 600, description: 'x [tb-x1-1001-2]', exported: true });
    const both = entry(1, { seconds: 2400 });
    const given = input({
      entries: [{ ...both, deletedAt: DELETED_AT }],
      links: [link(both, [linked, more])],
      rows: [linked, more],
      bridge: bridge({ sourceDeletions: 'delete' }),
    });
    expect(factsOf(given)).toMatchObject({ kind: 'locked', why: { facts: { timesheetId: '6' } } });
  });

  it('I11 time that comes back says that it is missing, or that people kept it so', () => {
    const empty = link(lead, [], { members: zero });
    const given = input({
      entries: [lead, { ...minus, seconds: -600 }],
      links: [empty],
      bridge: bridge({ sourceEdits: 'ask' }),
    });
    expect(factsOf(given)).toMatchObject({
      kind: 'missing',
      why: { code: 'missing', facts: { sourceSeconds: 1200, entryDay: '2026-11-20' } },
    });
    const credited = link(lead, [], { acceptedSeconds: -1800 });
    expect(reconcile(input({ entries: [lead], links: [credited] })).steps[0]?.why.code).toBe(
      'kept_by_decision',
    );
  });

  it('I36 parts that were not handed in share what is left of a lead that got shorter', () => {
    const parts = (seconds: readonly number[]) => [
      { entryId: '1', signedSeconds: 1800 },
      ...seconds.map((one, index) => ({ entryId: `${index + 2}`, signedSeconds: -one })),
    ];
    const membersOf = (seconds: number) => {
      const shortened = marked(5, 1001, { seconds: 600 });
      const links = [link(lead, [shortened], { members: parts([600, 600]) })];
      const plan = reconcile(input({ entries: [{ ...lead, seconds }], links, rows: [shortened] }));
      return stepOf(plan, 'delete').members.map(({ signedSeconds }) => signedSeconds);
    };
    expect(membersOf(700)).toEqual([700, -600, -100]);
    expect(membersOf(600)).toEqual([600, -600]);
  });

  it('I36 parts of a lead that was not handed in are left alone', () => {
    const elsewhere = link(entry(9), [marked(9, 1009)], {
      members: [
        { entryId: '9', signedSeconds: 1800 },
        { entryId: '8', signedSeconds: -600 },
      ],
    });
    const plan = reconcile(input({ entries: [lead], links: [...agreed, elsewhere], rows: [linked] }));
    expect(kinds(plan)).toEqual(['in_sync']);
  });

  it('I15 a split correction that shrinks stays with its earlier entry first, in any order of the links', () => {
    const later = entry(3, { bookedAt: '2026-11-20T10:30:00Z' });
    const rows = [marked(5, 1001, { seconds: 1200 }), marked(7, 1003, { seconds: 1200 })];
    const part = (id: string) => [
      { entryId: id, signedSeconds: 1800 },
      { entryId: '2', signedSeconds: -600 },
    ];
    const links = [
      link(lead, rows.slice(0, 1), { members: part('1') }),
      link(later, rows.slice(1), { members: part('3') }),
    ];
    const shrunk = { ...minus, seconds: -800 };
    for (const ordered of [links, [...links].reverse()]) {
      const plan = reconcile(input({ entries: [lead, later, shrunk], links: ordered, rows }));
      expect(stepOf(plan, 'update')).toMatchObject({ leadId: '3', desired: { seconds: 1620 } });
      expect(statesOf(plan)).toEqual({ 1: 'agreed', 2: 'pending', 3: 'pending' });
    }
  });
});

describe('what counts as another question', () => {
  const retimed = marked(5, 1001, { seconds: 3600 });
  const versionOf = (given: ReconcileInput) => factsOf(given).version;

  it('I22 another agreement, and another customer of a ticket without organization', () => {
    const before = (base: number) =>
      versionOf(
        input({
          entries: [lead],
          links: [link(lead, [marked(5, 1001, { seconds: base })])],
          rows: [retimed],
        }),
      );
    expect(before(2400)).not.toBe(before(1800));
    const asking = { ...bridge({ newEntries: 'ask' }) };
    const mappings = {
      ...asking.mappings,
      customers: { 'customer:9': { targetId: 'p9' }, 'customer:8': { targetId: 'p9' } },
    };
    const of = (ticketCustomerId: string) =>
      versionOf(
        input({
          entries: [{ ...lead, organizationId: null, organizationName: null, ticketCustomerId }],
          bridge: { ...asking, mappings },
        }),
      );
    expect(of('9')).not.toBe(of('8'));
    expect(of('9')).toBe(of('9'));
  });

  it('I22 a candidate that is offered for a match, and its duration', () => {
    const two = (seconds: number) =>
      versionOf(input({ entries: [lead], rows: [row(5, { description: 'Drucker druckt', seconds })] }));
    expect(two(1800)).not.toBe(two(1860));
  });
});

describe('sums of a month', () => {
  it('I31 the first day of the start counts, a deleted entry before it does not, and every part adds up', () => {
    const entries = [
      entry(1, { seconds: 1790 }),
      entry(2, { seconds: 2400, ticketId: '51' }),
      entry(3, { bookedAt: '2026-10-31T10:00:00Z', seconds: 600 }),
      entry(4, { bookedAt: '2026-10-31T10:00:00Z', seconds: 300, deletedAt: DELETED_AT }),
      entry(6, { bookedAt: '2026-11-01T10:00:00Z', seconds: 900, ticketId: '52' }),
    ].map((one) => booked(one));
    const links = [
      link(entry(1, { seconds: 1790 }), [linked], { roundingSeconds: 4, acceptedSeconds: 6 }),
      link(entry(2), [marked(6, 1002)], { roundingSeconds: -1, acceptedSeconds: -599 }),
    ];
    const sums = sumsByMonth({
      startFrom: '2026-11-01',
      entries,
      links,
      rows: [linked, marked(6, 1002)],
      outcomes: [],
      openLeads: new Set(['6']),
    });
    expect(sums).toMatchObject([
      { month: '2026-10', beforeStart: 600, source: 0, target: 0 },
      {
        month: '2026-11',
        beforeStart: 0,
        source: 5090,
        target: 3600,
        rounding: 3,
        accepted: -593,
        open: -900,
        broken: 0,
      },
    ]);
  });
});
