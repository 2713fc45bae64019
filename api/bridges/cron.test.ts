import { describe, expect, it } from 'vitest';
import { cronProblem } from './cron.js';

describe('cronProblem', () => {
  it.each(['*/15 * * * *', '0 7-19 * * 1-5', '30 3 * * *', '0 0 1,15 jan-jun mon', '5 4 * * 7'])(
    'takes "%s"',
    (text) => {
      expect(cronProblem(text)).toBeNull();
    },
  );

  it.each([
    ['* * * *', /five fields.*it has 4/],
    ['61 * * * *', /"61" as minute.*0 to 59/],
    ['* 24 * * *', /as hour/],
    ['* * 0 * *', /as day of month/],
    ['* * * foo *', /"foo" as month/],
    ['* * * * 8', /as day of week/],
    ['5-1 * * * *', /"5-1" as minute/],
    ['*/0 * * * *', /as minute/],
    ['1, * * * *', /"" as minute/],
    ['@daily', /five fields/],
  ])('says what is wrong with "%s"', (text, problem) => {
    expect(cronProblem(text)).toMatch(problem);
  });
});
