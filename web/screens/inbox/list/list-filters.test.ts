import { describe, expect, it } from 'vitest';
import { filtersFrom, isFiltered, queryFrom } from './list-filters';

describe('the filters in the address', () => {
  it('are the defaults when it names none', () => {
    const filters = filtersFrom({});
    expect(filters).toEqual({
      ...{ customer: null, person: null, bridge: null, mine: false },
      ...{ kinds: [], search: '', sort: 'urgency' },
    });
    expect(isFiltered(filters)).toBe(false);
    expect(queryFrom(filters)).toEqual({});
  });
  it('survive the way there and back', () => {
    const who = { customer: '7', person: '3', mine: '1' };
    const query = { ...who, bridge: 'main', kinds: 'mismatch,locked', search: 'Kern', sort: 'age' };
    expect(queryFrom(filtersFrom(query))).toEqual(query);
  });
  it('ignore kinds and sorts that are not known', () => {
    expect(filtersFrom({ kinds: 'locked,nonsense', sort: 'colour' })).toMatchObject({
      kinds: ['locked'],
      sort: 'urgency',
    });
  });
  it('do not count the order as a filter, because it hides nothing', () => {
    expect(isFiltered(filtersFrom({ sort: 'age' }))).toBe(false);
    expect(isFiltered(filtersFrom({ search: 'x' }))).toBe(true);
  });
});
