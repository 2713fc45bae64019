import { describe, expect, it } from 'vitest';
import { mondayOf, onDuty, turnsFrom } from './duty.js';
import { dutyAt, mondayAt, type Rota } from './rota.js';

const three = { people: ['anna', 'ben', 'cem'], since: '2026-11-23' };

describe('whose week it is', () => {
  it.each([
    ['2026-11-23', 'anna', 'the first Monday'],
    ['2026-11-29', 'anna', 'its Sunday'],
    ['2026-11-30', 'ben', 'the Monday after it'],
    ['2026-12-07', 'cem', 'the third week'],
    ['2026-12-14', 'anna', 'all over again'],
    ['2027-01-03', 'cem', 'the Sunday of a week that began in the old year'],
    ['2027-01-04', 'anna', 'the first whole week of the new year'],
    ['2026-11-22', 'cem', 'the day before the first turn'],
    ['2026-11-09', 'ben', 'two weeks before it'],
    ['1969-12-31', 'ben', '2,969 weeks before it'],
  ])('%s: %s (%s)', (day, person) => {
    expect(onDuty(three, day)).toBe(person);
  });

  it('counts from the week of the first turn, whichever of its days is named', () => {
    expect(onDuty({ ...three, since: '2026-11-26' }, '2026-11-30')).toBe('ben');
  });
  it('is nobody’s without people, and always the same one’s with a single person', () => {
    expect(onDuty({ people: [], since: '2026-11-23' }, '2026-11-23')).toBeNull();
    expect(onDuty({ people: ['anna'], since: null }, '2026-11-23')).toBeNull();
    expect(onDuty({ people: ['anna'], since: '2026-11-23' }, '2030-02-05')).toBe('anna');
  });
});

describe('the next turns', () => {
  it('begin with the week that it is, and say from when to when', () => {
    expect(turnsFrom(three, '2026-12-24', 3)).toEqual([
      { person: 'ben', from: '2026-12-21', to: '2026-12-27' },
      { person: 'cem', from: '2026-12-28', to: '2027-01-03' },
      { person: 'anna', from: '2027-01-04', to: '2027-01-10' },
    ]);
    expect(turnsFrom({ people: [], since: null }, '2026-12-24', 3)).toEqual([]);
  });
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
    ['1970-01-01', '1969-12-29'],
  ])('the Monday of %s is %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });
});

describe('who is on duty in a bridge', () => {
  const person = (id: string, active = true) => ({ id, name: id.toUpperCase(), active });
  const rota: Rota = {
    ...{ bridgeId: 'main', bridgeName: 'Main', timeZone: 'Europe/Berlin', since: '2026-11-23' },
    people: [person('anna'), person('ben', false), person('cem')],
  };
  const at = (instant: string, of: Rota = rota) => dutyAt(of, Date.parse(instant));

  it('changes at midnight of its own time zone', () => {
    expect(at('2026-11-29T22:59:59Z').current?.id).toBe('anna');
    expect(at('2026-11-29T23:00:00Z').current?.id).toBe('cem');
    expect(at('2026-11-29T23:00:00Z', { ...rota, timeZone: 'America/New_York' }).current?.id).toBe('anna');
    expect(mondayAt(Date.parse('2026-11-29T23:00:00Z'), 'Europe/Berlin')).toBe('2026-11-30');
  });
  it('skips who may not decide, and says who follows', () => {
    expect(at('2026-11-24T12:00:00Z')).toEqual({
      current: person('anna'),
      next: { ...person('cem'), from: '2026-11-30' },
    });
  });
  it('names nobody as the next one where nobody else takes turns, and nobody at all where all are away', () => {
    const alone = { ...rota, people: [person('anna'), person('ben', false)] };
    expect(at('2026-12-24T12:00:00Z', alone)).toEqual({ current: person('anna'), next: null });
    const away = { ...rota, people: [person('ben', false)] };
    expect(at('2026-12-24T12:00:00Z', away)).toEqual({ current: null, next: null });
  });
});
