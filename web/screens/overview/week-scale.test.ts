import { describe, expect, it } from 'vitest';
import { scaleHours, segmentsOf, sundayOf } from './week-scale';

const week = (agreed: number, waiting = 0, skipped = 0) => ({
  monday: '2026-11-23',
  agreedSeconds: agreed * 3600,
  waitingSeconds: waiting * 3600,
  pendingSeconds: 0,
  skippedSeconds: skipped * 3600,
});

describe('the scale of the weeks', () => {
  it('ends at a round number above the tallest bar', () => {
    expect(scaleHours([week(30, 9), week(1)])).toBe(40);
    expect(scaleHours([week(41)])).toBe(60);
    expect(scaleHours([week(2_345)])).toBe(3_000);
  });

  it('is there without any time too', () => {
    expect(scaleHours([])).toBe(2);
    expect(segmentsOf(week(0), 2)).toEqual([]);
  });

  it('gives each part its share, and none to a week whose corrections outweigh its time', () => {
    expect(segmentsOf(week(20, 10, -1), 40)).toEqual([
      { standing: 'agreed', percent: 50 },
      { standing: 'waiting', percent: 25 },
    ]);
  });

  it('knows the end of a week, over the end of a month and of a year', () => {
    expect(sundayOf('2026-11-23')).toBe('2026-11-29');
    expect(sundayOf('2026-12-28')).toBe('2027-01-03');
  });
});
