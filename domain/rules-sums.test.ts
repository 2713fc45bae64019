import { describe, expect, it } from 'vitest';
import { entry, input, link, marked } from './books.test-support.js';
import { roundingAfterWrite } from './rounding.js';
import { sumsByMonth } from './month-sums.js';
import { sumsByLead, type SumsInput } from './sums.js';
import { agreed, lead, linked } from './usual-case.test-support.js';

describe('the sum must come out', () => {
  const base: SumsInput = {
    startFrom: '2026-01-01',
    entries: [],
    links: [],
    rows: [],
    outcomes: [],
    openLeads: new Set(),
  };
  const entries = (...ones: readonly ReturnType<typeof entry>[]) => input({ entries: ones }).entries;

  it('I31 rounding, accepted and open explain a lead; anything else is broken', () => {
    const one = entry(1, { seconds: 1790 });
    const tied = (rest: Parameters<typeof link>[2]) => [link(one, [linked], rest)];
    const sum = (input: Partial<SumsInput>) =>
      sumsByLead({ ...base, entries: entries(one), rows: [linked], ...input })[0];
    expect(sum({ links: tied({ roundingSeconds: 10 }) })).toMatchObject({
      source: 1790,
      target: 1800,
      rounding: 10,
      broken: 0,
      open: 0,
      linkId: 'L1',
    });
    expect(sum({ links: tied({ roundingSeconds: 4, acceptedSeconds: 6 }) })).toMatchObject({
      accepted: 6,
      broken: 0,
    });
    expect(sum({ links: tied({}) })).toMatchObject({ broken: 10, open: 0 });
    expect(sum({ links: tied({}), openLeads: new Set(['1']) })).toMatchObject({ broken: 0, open: 10 });
    const outcome = (state: 'agreed' | 'skipped') => [
      { entryId: '1', state, why: { code: '', facts: {} }, subjects: [] },
    ];
    expect(sum({ links: tied({}), outcomes: outcome('skipped') })).toMatchObject({ broken: 0, open: 10 });
    expect(sum({ links: tied({}), outcomes: outcome('agreed') })).toMatchObject({ broken: 10, open: 0 });
    expect(sum({ links: tied({}), rows: [] })).toMatchObject({ target: 1800 });
    expect(sum({ links: tied({}), rows: [{ ...linked, deletedAt: 'x' }] })).toMatchObject({
      target: 0,
      broken: -1790,
    });
    expect(sumsByLead({ ...base, entries: [], links: tied({}) })).toEqual([]);
    expect(sumsByLead({ ...base, entries: entries(one), links: tied({}), startFrom: '2026-11-21' })).toEqual(
      [],
    );
  });

  it('I31 what no link holds is open while it waits, broken when nobody waits for it, and may cancel itself', () => {
    const pair = entries(entry(1), entry(2, { seconds: -1800 }));
    expect(sumsByLead({ ...base, entries: pair })).toEqual([]);
    const left = entries(entry(1), entry(2, { seconds: -600 }));
    expect(sumsByLead({ ...base, entries: left })).toMatchObject([
      {
        leadId: '1',
        linkId: null,
        source: 1200,
        broken: -1200,
        open: 0,
        day: '2026-11-20',
        customerKey: 'organization:7',
      },
    ]);
    expect(sumsByLead({ ...base, entries: left, openLeads: new Set(['2']) })).toMatchObject([
      { open: -1200, broken: 0 },
    ]);
    const apart = entries(entry(1), entry(2, { seconds: -1800, ticketId: '51' }));
    expect(sumsByLead({ ...base, entries: apart })).toHaveLength(2);
    const months = entries(entry(1), entry(2, { seconds: -1800, bookedAt: '2026-12-02T10:00:00Z' }));
    expect(sumsByLead({ ...base, entries: months })).toEqual([]);
    const more = entries(entry(1), entry(2, { seconds: -2100, bookedAt: '2026-12-02T10:00:00Z' }));
    expect(sumsByLead({ ...base, entries: more, openLeads: new Set(['2']) })).toMatchObject([
      { day: '2026-11-20', source: 1800, open: -1800, broken: 0 },
      { day: '2026-12-02', source: -2100, open: 2100, broken: 0 },
    ]);
    const colleagues = entries(entry(1), entry(2, { seconds: -1800 })).map((one, index) => ({
      ...one,
      frozen: { ...one.frozen, userId: index === 0 ? '4' : '5' },
    }));
    expect(sumsByLead({ ...base, entries: colleagues })).toEqual([]);
  });

  it('I31 a part that its old lead still holds is open while that lead waits', () => {
    const turned = entry(2, { seconds: 600 });
    const holding = link(lead, [marked(5, 1001, { seconds: 1200 })], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -600 },
      ],
    });
    const own = link(turned, [marked(6, 1002, { seconds: 600 })]);
    const given = { ...base, entries: entries(lead, turned), links: [holding, own] };
    expect(sumsByLead(given).find(({ linkId }) => linkId === null)).toMatchObject({
      source: 600,
      broken: -600,
    });
    const waiting = sumsByLead({ ...given, openLeads: new Set(['1']) });
    expect(waiting.find(({ linkId }) => linkId === null)).toMatchObject({ open: -600, broken: 0 });
    const settled = { ...given, entries: entries(lead, entry(2, { seconds: -600 })), links: [holding] };
    expect(sumsByLead(settled)).toMatchObject([{ source: 1200, target: 1200, broken: 0 }]);
  });

  it('I31 months are proved one by one, with customers, what was before the start, and where it breaks', () => {
    const ones = entries(
      entry(1),
      entry(2, { bookedAt: '2026-10-20T10:00:00Z', organizationId: '8' }),
      entry(3, { bookedAt: '2025-12-20T10:00:00Z' }),
      entry(4, { bookedAt: '2025-12-21T10:00:00Z', deletedAt: '2026-01-01T00:00:00Z' }),
    );
    const sums = sumsByMonth({ ...base, entries: ones, links: agreed, rows: [linked] });
    expect(
      sums.map(({ month, source, target, beforeStart, unreadable }) => [
        month,
        source,
        target,
        beforeStart,
        unreadable,
      ]),
    ).toEqual([
      ['2025-12', 0, 0, 1800, 0],
      ['2026-10', 1800, 0, 0, 0],
      ['2026-11', 1800, 1800, 0, 0],
    ]);
    expect(sums[1]?.brokenLeads).toEqual([{ leadId: '2', seconds: -1800 }]);
    expect(sums[1]?.byCustomer).toMatchObject({ 'organization:8': { source: 1800, broken: -1800 } });
    expect(sums[2]?.brokenLeads).toEqual([]);
  });

  it('I31 a lead counts from the very day of the start, linked or not, and not a day earlier', () => {
    const given = { ...base, entries: entries(lead), rows: [linked] };
    const sources = (startFrom: string, links: SumsInput['links']) =>
      sumsByLead({ ...given, startFrom, links }).map(({ source, linkId }) => [source, linkId]);
    expect(sources('2026-11-20', agreed)).toEqual([[1800, 'L1']]);
    expect(sources('2026-11-20', [])).toEqual([[1800, null]]);
    expect(sources('2026-11-21', agreed)).toEqual([]);
    expect(sources('2026-11-21', [])).toEqual([]);
  });

  it('I31 a lead without its time, deleted or not readable, leaves its row unexplained until it is asked about', () => {
    for (const one of [
      { ...lead, deletedAt: '2026-11-21T00:00:00Z' },
      { ...lead, seconds: null },
      { ...lead, seconds: -600 },
    ]) {
      const given = { ...base, entries: entries(one), links: agreed, rows: [linked] };
      const [own] = sumsByLead(given);
      expect(own).toMatchObject({
        leadId: '1',
        day: '2026-11-20',
        customerKey: 'organization:7',
        source: 0,
        target: 1800,
        open: 0,
        broken: 1800,
      });
      expect(sumsByLead({ ...given, openLeads: new Set(['1']) })[0]).toMatchObject({ open: 1800, broken: 0 });
    }
    const turned = entries({ ...lead, seconds: -600 });
    expect(sumsByLead({ ...base, entries: turned, links: agreed, rows: [linked] })[1]).toMatchObject({
      linkId: null,
      source: -600,
      broken: 600,
    });
  });

  describe('what waits makes open what it is part of', () => {
    const minus = entry(2, { seconds: -600, bookedAt: '2026-11-20T11:00:00Z' });
    const holding = link(lead, [linked], {
      members: [
        { entryId: '1', signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -600 },
      ],
    });
    const waiting = (...ids: readonly string[]) =>
      ids.map((entryId) => ({
        entryId,
        state: 'waiting' as const,
        why: { code: '', facts: {} },
        subjects: [],
      }));

    it('I31 one of the parts of a link is enough', () => {
      const given = { ...base, entries: entries(lead, minus), links: [holding], rows: [linked] };
      expect(sumsByLead(given)).toMatchObject([{ source: 1200, open: 0, broken: 600 }]);
      expect(sumsByLead({ ...given, outcomes: waiting('2') })).toMatchObject([{ open: 600, broken: 0 }]);
      expect(sumsByLead({ ...given, outcomes: waiting('3') })).toMatchObject([{ open: 0, broken: 600 }]);
    });

    it('I31 one entry of a ticket is enough, and the earliest stands for all', () => {
      const early = entry(3, { bookedAt: '2026-11-20T08:00:00Z' });
      const given = { ...base, entries: entries(lead, early) };
      expect(sumsByLead(given)).toMatchObject([{ leadId: '3', source: 3600, open: 0, broken: -3600 }]);
      expect(sumsByLead({ ...given, outcomes: waiting('1') })).toMatchObject([
        { leadId: '3', source: 3600, open: -3600, broken: 0 },
      ]);
      expect(sumsByLead({ ...given, outcomes: waiting('1', '3') })).toHaveLength(1);
    });

    it('I31 a deleted correction is open as long as a link holds its part', () => {
      const gone = { ...minus, deletedAt: '2026-11-21T00:00:00Z' };
      const given = { ...base, entries: entries(lead, gone), links: [holding], rows: [linked] };
      expect(sumsByLead(given)[1]).toMatchObject({ leadId: '2', source: 600, open: -600, broken: 0 });
      expect(sumsByLead({ ...given, links: agreed })).toMatchObject([{ broken: 0 }]);
    });

    it('I31 of a correction that two leads hold, the rest is open while one of them waits', () => {
      const second = entry(4, { bookedAt: '2026-11-20T09:00:00Z' });
      const part = (id: string) => [
        { entryId: id, signedSeconds: 1800 },
        { entryId: '2', signedSeconds: -300 },
      ];
      const rows = [marked(5, 1001, { seconds: 1500 }), marked(7, 1004, { seconds: 1500 })];
      const links = [
        link(lead, rows.slice(0, 1), { members: part('1') }),
        link(second, rows.slice(1), { members: part('4') }),
      ];
      const grown = { ...minus, seconds: -900 };
      const given = { ...base, entries: entries(lead, second, grown), links, rows };
      const rest = (input: SumsInput) => sumsByLead(input).find(({ linkId }) => linkId === null);
      expect(rest(given)).toMatchObject({ source: -300, open: 0, broken: 300 });
      for (const id of ['1', '4'])
        expect(rest({ ...given, openLeads: new Set([id]) })).toMatchObject({ open: 300, broken: 0 });
      expect(rest({ ...given, entries: entries(lead, second, minus) })).toBeUndefined();
    });
  });

  it.each([
    ['a rest of less than a minute', { sent: 1800, returned: 1800, members: 1790 }, 10],
    ['what Kimai rounded', { sent: 1800, returned: 1860, members: 1800 }, 60],
    ['both', { sent: 1800, returned: 1860, members: 1790 }, 70],
    ['a whole minute is none', { sent: 1860, returned: 1860, members: 1800 }, 0],
    ['nor one too few', { sent: 1740, returned: 1740, members: 1800 }, 0],
    ['but what there was before stays', { sent: 1860, returned: 1860, members: 1800, before: 60 }, 60],
    ['accepted is no rounding', { sent: 2400, returned: 2400, members: 1795, accepted: 600 }, 5],
    ['other rows count', { sent: 600, returned: 600, members: 1790, otherRows: 1200 }, 10],
  ])('I31 rounding of a write: %s', (_name, write, expected) => {
    expect(roundingAfterWrite({ otherRows: 0, accepted: 0, before: 0, ...write })).toBe(expected);
  });
});
