import { describe, expect, it } from 'vitest';
import { parseDay } from './parse-day';

const TODAY = '2026-11-26';

describe('parseDay', () => {
  it.each([
    ['26.11.2026', '2026-11-26'],
    ['1.2.26', '2026-02-01'],
    ['5.3.', '2026-03-05'],
    ['05.03', '2026-03-05'],
    ['2026-10-01', '2026-10-01'],
    [' 01.10.2026 ', '2026-10-01'],
  ])('takes %s as people of German write it', (text, day) => {
    expect(parseDay(text, 'de', TODAY)).toBe(day);
  });
  it.each([
    ['Nov 26, 2026', '2026-11-26'],
    ['november 5', '2026-11-05'],
    ['5 Nov 2025', '2025-11-05'],
    ['11/26/2026', '2026-11-26'],
    ['26/11/2026', '2026-11-26'],
    ['5/5', '2026-05-05'],
  ])('takes %s as people of English write it', (text, day) => {
    expect(parseDay(text, 'en', TODAY)).toBe(day);
  });
  it('takes no day that could be two', () => {
    expect(parseDay('11/5/2026', 'en', TODAY)).toBeNull();
  });
  it.each(['', 'morgen', '31.02.2026', '2026-13-01', '1.1.1', 'Foo 5, 2026'])('takes no %s', (text) => {
    expect(parseDay(text, 'en', TODAY)).toBeNull();
  });
});
