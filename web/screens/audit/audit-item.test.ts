import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detailLines, isKnownAction, subjectPath } from './audit-item';

/** Every action that the audit trail is written with, from the places that write it. */
function writtenActions(): string[] {
  const written = ['activities', 'api', 'db'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('.test'))
      .flatMap((name) => [
        ...readFileSync(join(room, name), 'utf8').matchAll(
          /(?:action: |system\(connectorId, |audit\(session, bulk, )'([a-z_]+\.[a-z_]+)'/g,
        ),
      ])
      .flatMap((match) => match[1] ?? []),
  );
  return [...new Set(written)];
}

describe('the actions of the trail', () => {
  it('have a label each', () => {
    expect(writtenActions().length).toBeGreaterThan(20);
    expect(writtenActions().filter((action) => !isKnownAction(action))).toEqual([]);
  });
});

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
