import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isKnownAction, mappingSubject, subjectPath } from './audit-item';

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
  it('have one, too, where the name is put together when it is written', () => {
    const composed = ['decision.stale', 'decision.failed', 'decision.undone', 'bulk.undone', 'run.undone'];
    expect(composed.filter((action) => !isKnownAction(action))).toEqual([]);
  });
});

describe('subjectPath', () => {
  it('leads to what has a page', () => {
    expect(subjectPath('run', '12')).toBe('/runs/12');
    expect(subjectPath('session', 'x')).toBeNull();
  });
});

describe('a mapping without a name', () => {
  const named = (id: string) => mappingSubject(id, (key, values) => [key, values?.['id']].join(' ').trim());
  it('is called by what it stands for', () => {
    expect(named('activities/')).toBe('audit.subjects.mapping mappings.noType');
    expect(named('customers/')).toBe('audit.subjects.mapping mappings.noCustomer');
    expect(named('customers/organization:7')).toBe('audit.subjects.mapping mappings.gone 7');
    expect(named('something/7')).toBeNull();
  });
});
