import { describe, expect, it } from 'vitest';
import { booked, entry, link, marked } from './books.test-support.js';
import { byBooking, compareIds } from './booking-order.js';
import { netCorrections } from './netting.js';
import { TOKEN_RISK } from './token-risk.js';
import { at, minus } from './usual-case.test-support.js';

describe('the order in which people worked', () => {
  it.each<[string, string, 'before' | 'after' | 'same']>([
    ['2', '10', 'before'],
    ['10', '2', 'after'],
    ['10', '9', 'after'],
    ['5', '5', 'same'],
    // Only what is a number whole is compared as one.
    ['1a1', '9', 'before'],
    ['9', '1a1', 'after'],
    ['-10', '9', 'before'],
    ['9', '-10', 'after'],
    ['10a', '9', 'before'],
    ['9', '10a', 'after'],
  ])('the id %s is %s: %s', (a, b, expected) => {
    expect(Math.sign(compareIds(a, b))).toBe({ before: -1, after: 1, same: 0 }[expected]);
  });

  it('half a second later is later, however the instants are written', () => {
    const first = booked(entry(2, { bookedAt: '2026-11-20T10:00:00Z' }));
    const second = booked(entry(1, { bookedAt: '2026-11-20T10:00:00.500Z' }));
    expect(byBooking(first, second)).toBeLessThan(0);
    expect(byBooking(second, first)).toBeGreaterThan(0);
  });
});

describe('what netting gathers', () => {
  const net = (
    entries: Parameters<typeof booked>[0][],
    rest: Partial<Parameters<typeof netCorrections>[0]> = {},
  ) =>
    netCorrections({
      entries: entries.map((one) => booked(one)),
      links: [],
      gone: new Set(),
      automatic: true,
      applied: new Map(),
      chosen: new Map(),
      ...rest,
    });

  it('I10 a correction leaves nothing with a lead that has no time left, and goes on to the one before', () => {
    const entries = [
      entry(1, { bookedAt: at(8), seconds: 1800 }),
      entry(2, { bookedAt: at(9), seconds: 600 }),
      minus(3, 10, 600),
      minus(4, 11, 300),
    ];
    const { leads, leftOver } = net(entries);
    expect(leads.get('2')?.members).toEqual([
      { entryId: '2', signedSeconds: 600 },
      { entryId: '3', signedSeconds: -600 },
    ]);
    expect(leads.get('1')?.members).toEqual([
      { entryId: '1', signedSeconds: 1800 },
      { entryId: '4', signedSeconds: -300 },
    ]);
    expect(leftOver).toEqual([]);
  });

  it('I10 once it has given all it has, it touches no further lead', () => {
    const entries = [entry(1, { bookedAt: at(8) }), entry(2, { bookedAt: at(9) }), minus(3, 10, 300)];
    const { leads } = net(entries);
    expect(leads.get('1')?.members).toEqual([{ entryId: '1', signedSeconds: 1800 }]);
    expect(leads.get('2')?.members).toHaveLength(2);
  });

  it('I12 a lead that turned negative is a correction like any other, not a part of its own link', () => {
    const lead = entry(2, { bookedAt: at(9) });
    const { leads, leftOver } = net([entry(1, { bookedAt: at(8) }), { ...lead, seconds: -600 }], {
      links: [link(lead, [marked(5, 1002)])],
    });
    expect(leads.get('1')?.members).toEqual([
      { entryId: '1', signedSeconds: 1800 },
      { entryId: '2', signedSeconds: -600 },
    ]);
    expect(leftOver).toEqual([]);
  });

  it('an entry without time neither leads nor takes', () => {
    const { leads, leftOver } = net([entry(1), entry(2, { seconds: 0, bookedAt: at(11) })]);
    expect([...leads.keys()]).toEqual(['1']);
    expect(leads.get('1')?.members).toEqual([{ entryId: '1', signedSeconds: 1800 }]);
    expect(leftOver).toEqual([]);
  });
});

it('the risk of a token is accepted under the name that the API and the pages use', () => {
  expect(TOKEN_RISK).toBe('may_change_exported_time');
});
