import { describe, expect, it } from 'vitest';
import { missingForRisk, type TokenRisk } from './token-risk.js';

const accepted = { by: 'u1', name: 'Anna', at: '2026-11-20T10:00:00Z' };
const risk = (over: Partial<TokenRisk> = {}): TokenRisk => ({
  ...{ mode: 'live', powerful: true, accepted: null, closedUntil: null },
  ...over,
});

describe('a token that could change exported time', () => {
  it('needs a word and a closed day before the bridge runs for real', () => {
    expect(missingForRisk(risk())).toEqual(['accepted', 'closedUntil']);
    expect(missingForRisk(risk({ accepted }))).toEqual(['closedUntil']);
    expect(missingForRisk(risk({ closedUntil: '2026-10-31' }))).toEqual(['accepted']);
    expect(missingForRisk(risk({ accepted, closedUntil: '2026-10-31' }))).toEqual([]);
  });

  it.each([{ mode: 'shadow' }, { mode: 'off' }, { powerful: false }, { powerful: null }] as const)(
    'needs nothing with %j',
    (over) => expect(missingForRisk(risk(over))).toEqual([]),
  );
});
