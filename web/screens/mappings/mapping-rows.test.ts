import { describe, expect, it } from 'vitest';
import type { MappingRow } from '../../../api/mappings/mapping-shape.contract';
import { groupedTargets, inOrder, isMissing, matches, proposed, targetText } from './mapping-rows';

const target = {
  id: '7',
  name: 'Wartung 2026',
  parentName: 'Autohaus Kern KG',
  number: null,
  email: null,
  active: true,
};
const row = (changes: Partial<MappingRow>): MappingRow => ({
  ...{
    sourceId: '1',
    sourceName: 'Support',
    sourceEmail: null,
    sourceActive: true,
    entryCount: 0,
    waitingCount: 0,
  },
  ...{
    waitingSeconds: 0,
    target: null,
    ignored: false,
    proposal: null,
    decidedBy: null,
    updatedAt: null,
    conflictId: null,
  },
  ...changes,
});

describe('inOrder', () => {
  it('puts gaps first, the one with the most time behind it at the top, the rest by name', () => {
    const rows = [
      row({ sourceName: 'Zutritt', target }),
      row({ sourceName: 'Ärger', ignored: true }),
      row({ sourceName: 'Klein', waitingSeconds: 60 }),
      row({ sourceName: 'Groß', waitingSeconds: 3600 }),
    ];
    expect(inOrder(rows, 'de').map(({ sourceName }) => sourceName)).toEqual([
      'Groß',
      'Klein',
      'Ärger',
      'Zutritt',
    ]);
  });
});

describe('isMissing', () => {
  it('counts what entries wait behind, as the inbox does, not each name that Zammad knows', () => {
    expect(isMissing(row({ waitingCount: 3 }))).toBe(true);
    expect(isMissing(row({}))).toBe(false);
    expect(isMissing(row({ waitingCount: 3, ignored: true }))).toBe(false);
  });
});

describe('proposed', () => {
  it('offers nothing for what is mapped or ignored already', () => {
    const proposal = { target, by: 'name' } as const;
    const rows = [
      row({ sourceId: 'a', proposal }),
      row({ sourceId: 'b', proposal, target }),
      row({ sourceId: 'c', proposal, ignored: true }),
      row({}),
    ];
    expect(proposed(rows).map(({ sourceId }) => sourceId)).toEqual(['a']);
  });
});

describe('matches', () => {
  it('looks into both sides and into addresses', () => {
    expect(matches(row({ sourceEmail: 'anna@example.com' }), 'ANNA@')).toBe(true);
    expect(matches(row({ target }), 'kern')).toBe(true);
    expect(matches(row({}), 'kern')).toBe(false);
  });
});

describe('what can be chosen', () => {
  it('groups projects by customer, leaves out what cannot be booked on, and puts those of nobody first', () => {
    const groups = groupedTargets(
      [
        target,
        { ...target, id: '8', name: 'Alt', active: false },
        { ...target, id: '9', name: 'Intern', parentName: null },
        { ...target, id: '10', name: 'Umzug', number: 'P-10' },
      ],
      'de',
    );
    expect(groups).toEqual([
      [{ value: '9', label: 'Intern' }],
      [
        { type: 'label', value: '', label: 'Autohaus Kern KG' },
        { value: '10', label: 'Umzug', description: 'P-10' },
        { value: '7', label: 'Wartung 2026' },
      ],
    ]);
  });
  it('names a project with its customer and a person with the address', () => {
    expect(targetText(target, 'customers')).toBe('Autohaus Kern KG · Wartung 2026');
    expect(targetText({ ...target, name: 'Anna Vogt', email: 'a@example.com' }, 'users')).toBe(
      'Anna Vogt · a@example.com',
    );
  });
});
