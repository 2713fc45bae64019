import { describe, expect, it } from 'vitest';
import { compare, onlySide, suggestedPicks, type Side } from './comparison';

const side = (changes: Partial<Side> = {}): Side => ({
  seconds: 5400,
  day: '2026-11-18',
  begin: null,
  person: { id: '3', name: 'Anna Vogt' },
  project: { id: '7', name: 'Wartung' },
  customer: { id: '2', name: 'Autohaus Kern KG' },
  activity: { id: '4', name: 'Support' },
  description: null,
  ...changes,
});

describe('compare', () => {
  it('folds what agrees and leaves out what no side knows', () => {
    const result = compare({ base: side(), source: side(), target: side({ seconds: 7200 }) }, ['seconds']);
    expect(result.differing).toEqual([{ field: 'seconds', sourceDiffers: false, targetDiffers: true }]);
    expect(result.equal).toEqual(['day', 'userId', 'projectId', 'activityId']);
  });
  it('marks the side that moved away from the last agreement', () => {
    const sides = {
      base: side(),
      source: side({ seconds: 4500 }),
      target: side({ seconds: 6300, activity: { id: '9', name: 'Support vor Ort' } }),
    };
    expect(compare(sides, ['seconds', 'activityId']).differing).toEqual([
      { field: 'seconds', sourceDiffers: true, targetDiffers: true },
      { field: 'activityId', sourceDiffers: false, targetDiffers: true },
    ]);
  });
  it('marks Kimai where there was no agreement yet', () => {
    const sides = { base: null, source: side(), target: side({ seconds: 60 }) };
    expect(compare(sides, ['seconds']).differing).toEqual([
      { field: 'seconds', sourceDiffers: false, targetDiffers: true },
    ]);
  });
  it('shows the hours that are left when a side is gone', () => {
    expect(
      compare({ base: side(), source: side(), target: null }, []).differing.map(({ field }) => field),
    ).toEqual(['seconds']);
  });
  it('marks nothing on a side that is gone', () => {
    const sides = { base: side(), source: side(), target: null };
    expect(compare(sides, ['seconds']).differing[0]).toMatchObject({
      sourceDiffers: false,
      targetDiffers: false,
    });
  });
});

it('tells when there is only one side to read', () => {
  expect(onlySide({ base: null, source: side(), target: null })).toBe('source');
  expect(onlySide({ base: side(), source: side(), target: null })).toBeNull();
  expect(onlySide({ base: null, source: null, target: null })).toBeNull();
});

it('compares things by their id, so that a renamed one is no difference', () => {
  const renamed = side({ activity: { id: '4', name: 'Support (neu)' } });
  const { differing } = compare({ base: side(), source: side(), target: renamed }, ['activityId']);
  expect(differing).toEqual([{ field: 'activityId', sourceDiffers: false, targetDiffers: false }]);
});

describe('suggestedPicks', () => {
  it('takes the side that changed alone, and leaves a field open that both changed', () => {
    expect(
      suggestedPicks([
        { field: 'seconds', sourceDiffers: true, targetDiffers: true },
        { field: 'activityId', sourceDiffers: false, targetDiffers: true },
        { field: 'day', sourceDiffers: true, targetDiffers: false },
      ]),
    ).toEqual({ activityId: 'target', day: 'source' });
  });
});
