import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time';

describe('a time of day that is typed', () => {
  it.each([
    ['14:30', '14:30'],
    ['9:05', '09:05'],
    ['9.05', '09:05'],
    ['0905', '09:05'],
    ['14h30', '14:30'],
    ['8', '08:00'],
    ['8 Uhr', '08:00'],
    ['14:30 Uhr', '14:30'],
    ['2:30 pm', '14:30'],
    ['12:15 a.m.', '00:15'],
    ['12 PM', '12:00'],
    [' 00:00 ', '00:00'],
  ])('%s is %s', (text, time) => expect(parseTime(text)).toBe(time));

  it.each(['', 'morgen', '24:00', '12:60', '13 pm', '0 am', '1:2:3', '123456'])('%s is none', (text) =>
    expect(parseTime(text)).toBeNull(),
  );
});
