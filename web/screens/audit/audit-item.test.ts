import { describe, expect, it } from 'vitest';
import { detailLines, subjectPath } from './audit-item';

describe('detailLines', () => {
  it('puts what was before beside what is after, field by field', () => {
    expect(detailLines({ before: { mode: 'shadow' }, after: { mode: 'live', name: 'Büro' } })).toEqual([
      { field: 'mode', before: 'shadow', after: 'live' },
      { field: 'name', before: '–', after: 'Büro' },
    ]);
  });
  it('shows other members with their one value, and nothing for what is empty', () => {
    expect(detailLines({ choice: 'skip', note: null, before: null })).toEqual([
      { field: 'choice', before: null, after: 'skip' },
    ]);
  });
  it('has no line once the details were erased', () => {
    expect(detailLines({})).toEqual([]);
  });
});

describe('subjectPath', () => {
  it('leads to what has a page', () => {
    expect(subjectPath('run', '12')).toBe('/runs/12');
    expect(subjectPath('session', 'x')).toBeNull();
  });
});
