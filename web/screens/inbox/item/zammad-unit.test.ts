import { describe, expect, it } from 'vitest';
import { fakeCases } from '../../../dev/fake-cases';
import { zammadNumbers } from './zammad-unit';

const template = fakeCases(new Date('2026-11-23T12:00:00Z')).flatMap(({ entries }) => entries)[0];
const entry = (unit_text: string, time_minutes: number | null, deleted_at: string | null = null) => {
  if (!template) throw new Error('the fake cases hold an entry');
  return { ...template, unit_text, time_minutes, deleted_at };
};

describe('the number that stands in Zammad', () => {
  it.each([
    ['1.5', 90, 'hours'],
    ['6.0', 90, 'quarters'],
    ['90', 90, 'minutes'],
    ['3', 30, 'other'],
  ] as const)('%s of an entry of %s minutes counts %s', (unitText, minutes, unit) => {
    expect(zammadNumbers([entry(unitText, minutes)], minutes * 60)).toEqual([
      { number: Number(unitText), unit },
    ]);
  });
  it('is told for each entry that was netted, without what was deleted', () => {
    const netted = [entry('60', 60), entry('-15', -15), entry('30', 30, '2026-11-20T09:00:00Z')];
    expect(zammadNumbers(netted, 45 * 60).map(({ number }) => number)).toEqual([60, -15]);
  });
  it('is left out where it does not add up to what is shown', () => {
    expect(zammadNumbers([entry('60', 60)], 45 * 60)).toEqual([]);
    expect(zammadNumbers([entry('x', null)], null)).toEqual([]);
  });
});
