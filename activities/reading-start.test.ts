import { describe, expect, it } from 'vitest';
import { cursorAt, sinceBeforeJump } from './reading-start.js';

const start = (readAt: string, serverTime: string) => ({
  readAt: `2026-11-23T${readAt}:00Z`,
  serverTime: `2026-11-23T${serverTime}:00Z`,
});

describe('a cursor', () => {
  it('stands before the start of its reading by the clock of the server, and knows how far that is ahead', () => {
    expect(cursorAt(start('09:00', '09:20'), 600_000)).toEqual({
      value: '2026-11-23T09:10:00.000Z',
      aheadMs: 20 * 60_000,
    });
  });
});

describe('where a reading begins once more', () => {
  const ahead = cursorAt(start('09:00', '09:20'), 600_000);

  it('is earlier by what the clock was set back', () => {
    expect(sinceBeforeJump(ahead, start('09:30', '09:30'))).toBe('2026-11-23T08:50:00.000Z');
  });

  it('is nowhere when the clock went on, was set forward, or moved within the overlap', () => {
    expect(sinceBeforeJump(ahead, start('09:30', '09:50'))).toBeNull();
    expect(sinceBeforeJump(ahead, start('09:30', '11:00'))).toBeNull();
    expect(sinceBeforeJump(cursorAt(start('09:00', '09:00'), 0), start('09:30', '09:30'))).toBeNull();
  });

  it('is nowhere for a cursor that does not say how far the clock was ahead', () => {
    const value = '2026-11-23T09:10:00.000Z';
    expect(sinceBeforeJump({ value, aheadMs: null }, start('09:30', '08:00'))).toBeNull();
  });
});
