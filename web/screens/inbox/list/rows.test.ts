import { describe, expect, it } from 'vitest';
import { rowModel, type Row } from './rows';

const groups = [
  { key: 'changed', count: 3, seconds: 5400 },
  { key: 'locked', count: 2, seconds: 1800 },
];

const all = (hidden: number[] = []) => {
  const model = rowModel(groups, hidden);
  return Array.from({ length: model.length }, (_, index) => short(model.at(index)));
};
const short = (row: Row<(typeof groups)[number]> | undefined) =>
  row?.type === 'heading' ? `${row.group.key} ${row.count}` : (row?.offset ?? null);

describe('rowModel', () => {
  it('puts a heading before the cases of each group', () => {
    expect(all()).toEqual(['changed 3', 0, 1, 2, 'locked 2', 3, 4]);
  });
  it('closes the gap of a hidden case and counts its group without it', () => {
    expect(all([1])).toEqual(['changed 2', 0, 2, 'locked 2', 3, 4]);
    expect(all([0, 1])).toEqual(['changed 1', 2, 'locked 2', 3, 4]);
  });
  it('drops the heading of a group whose cases are all hidden', () => {
    expect(all([3, 4])).toEqual(['changed 3', 0, 1, 2]);
    expect(all([0, 1, 2])).toEqual(['locked 2', 3, 4]);
  });
  it('numbers the cases that are shown from 1', () => {
    const model = rowModel(groups, [1]);
    expect(model.at(2)).toEqual({ type: 'case', offset: 2, position: 2 });
    expect(model.caseCount).toBe(4);
  });
  it('finds a case by its offset, and says when it is hidden or beyond the list', () => {
    const model = rowModel(groups, [1]);
    expect(model.indexOfOffset(2)).toBe(2);
    expect(model.indexOfOffset(3)).toBe(4);
    expect(model.indexOfOffset(1)).toBe(-1);
    expect(model.indexOfOffset(5)).toBe(-1);
  });
  it('agrees with itself: at(indexOfOffset(o)) is o for every case that is shown', () => {
    const hidden = [0, 2, 4];
    const model = rowModel(
      [
        { key: 'a', count: 4, seconds: 0 },
        { key: 'b', count: 6, seconds: 0 },
      ],
      hidden,
    );
    for (let offset = 0; offset < 10; offset += 1) {
      const index = model.indexOfOffset(offset);
      if (hidden.includes(offset)) expect(index).toBe(-1);
      else expect(model.at(index)).toMatchObject({ type: 'case', offset });
    }
  });
  it('leaves the headings out of a list that is in another order than its groups', () => {
    const model = rowModel(groups, [1], { headings: false });
    const rows = Array.from({ length: model.length }, (_, index) => short(model.at(index)));
    expect(rows).toEqual([0, 2, 3, 4]);
    expect(model.indexOfOffset(3)).toBe(2);
    expect(model.at(2)).toEqual({ type: 'case', offset: 3, position: 3 });
    expect(model.at(4)).toBeUndefined();
  });
  it('is empty without groups, and outside its bounds there is nothing', () => {
    expect(rowModel([]).length).toBe(0);
    expect(rowModel([]).at(0)).toBeUndefined();
    expect(rowModel(groups).at(7)).toBeUndefined();
  });
  it('answers for 100,000 cases at once', () => {
    const model = rowModel([{ key: 'all', count: 100_000, seconds: 0 }]);
    expect(model.at(100_000)).toMatchObject({ offset: 99_999 });
  });
});
