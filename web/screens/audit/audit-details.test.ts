import { describe, expect, it } from 'vitest';
import { detailLines } from './audit-details';

describe('detailLines', () => {
  it('puts what was before beside what is after, value by value, and leaves out what stayed', () => {
    const before = { mode: 'shadow', policies: { newEntries: 'ask', marker: true } };
    const after = { mode: 'live', policies: { newEntries: 'auto', marker: true } };
    expect(detailLines({ before, after })).toEqual([
      { path: ['mode'], before: 'shadow', after: 'live', changed: true },
      { path: ['policies', 'newEntries'], before: 'ask', after: 'auto', changed: true },
    ]);
  });
  it('shows other members with their one value, and nothing for what is empty', () => {
    expect(detailLines({ choice: 'skip', note: null, before: null, parameters: {} })).toEqual([
      { path: ['choice'], before: null, after: 'skip', changed: false },
    ]);
  });
  it('shows what a decision was based on as it was, not as if it were gone', () => {
    expect(detailLines({ before: { source: { seconds: 1_800, userId: '7' }, base: null } })).toEqual([
      { path: ['source', 'seconds'], before: null, after: 1_800, changed: false },
    ]);
  });
  it('keeps a reason and a list in one piece', () => {
    const why = { code: 'exact_match', facts: { rowCount: 1 } };
    expect(detailLines({ why, rows: ['255'] }).map(({ after }) => after)).toEqual([why, ['255']]);
    expect(detailLines({ before: [], after: [{ name: 'Kern' }] })).toEqual([
      { path: ['list'], before: [], after: [{ name: 'Kern' }], changed: true },
    ]);
  });
  it('has no line for what only programs read, nor once the details were erased', () => {
    expect(detailLines({ decisionId: 'd1', digest: '62d9' })).toEqual([]);
    expect(detailLines({})).toEqual([]);
  });
});
