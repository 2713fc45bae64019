import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedIndex } from './sorted.js';

const byValue = (a: { v: number; id: number }, b: { v: number; id: number }) => a.v - b.v || a.id - b.id;

it('stays in order through any adds and removes', () => {
  const step = fc.record({ v: fc.integer({ min: 0, max: 5 }), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const index = new SortedIndex<{ v: number; id: number }>([], byValue);
      const kept: { v: number; id: number }[] = [];
      for (const [id, { v, remove }] of steps.entries()) {
        const old = remove ? kept.pop() : undefined;
        if (old !== undefined) expect(index.remove(old)).toBe(true);
        index.add({ v, id });
        kept.push({ v, id });
      }
      expect(index.rows).toEqual([...kept].sort(byValue));
    }),
  );
});

it('finds where a range begins', () => {
  const index = new SortedIndex(
    [3, 1, 2, 5].map((v) => ({ v, id: v })),
    byValue,
  );
  expect(index.firstNot(({ v }) => v < 3)).toBe(2);
  expect(index.firstNot(({ v }) => v < 9)).toBe(4);
  expect(index.remove({ v: 4, id: 4 })).toBe(false);
});
