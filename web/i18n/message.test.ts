import { describe, expect, it } from 'vitest';
import de from './de';
import en from './en';
import { messageOf } from './message';

describe('messageOf', () => {
  it('fills in values and leaves a part without one visible', () => {
    expect(messageOf('{index} von {total}', { index: 1, total: '20' })).toBe('1 von 20');
    expect(messageOf('{name} pausiert', {})).toBe('{name} pausiert');
  });
  it('chooses between one and several', () => {
    expect(messageOf('1 Feld: {names} | {n} Felder: {names}', { names: 'Datum' }, 1)).toBe('1 Feld: Datum');
    expect(messageOf('1 Feld: {names} | {n} Felder: {names}', { names: 'Datum' }, 4)).toBe('4 Felder: Datum');
  });
  it('has a form for none where the label has one', () => {
    const forms = 'Kein Fall | 1 Fall | {n} Fälle';
    expect([0, 1, 2].map((count) => messageOf(forms, {}, count))).toEqual(['Kein Fall', '1 Fall', '2 Fälle']);
  });
});

it('the two languages have the same parts in every label', () => {
  const parts = (labels: object, path = ''): string[] =>
    Object.entries(labels).flatMap(([key, label]: [string, unknown]) => {
      if (typeof label === 'object' && label !== null) return parts(label, `${path}${key}.`);
      const names = [...new Set(String(label).match(/\{\w+\}/g) ?? [])].sort();
      return [`${path}${key} ${names.join(' ')} ${String(label).split(' | ').length}`];
    });
  expect(parts(en)).toEqual(parts(de));
});
