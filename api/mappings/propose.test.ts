import { describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../../db/stores/catalogue-view.js';
import { proposer } from './propose.js';

const makeTarget = (overrides: Partial<CatalogueEntry>): CatalogueEntry => ({
  id: '1',
  name: 'Support',
  parentId: null,
  parentName: null,
  number: null,
  email: null,
  active: true,
  ...overrides,
});

describe('proposer', () => {
  it('takes the same e-mail address before the same name', () => {
    const propose = proposer([
      makeTarget({ id: '1', name: 'Anna Muster' }),
      makeTarget({ id: '2', name: 'A. Muster', email: 'Anna@Example.com' }),
    ]);
    expect(propose({ sourceName: 'Anna Muster', sourceEmail: 'anna@example.com' })).toMatchObject({
      target: { id: '2' },
      by: 'email',
    });
  });

  it('takes the same name, whatever its case and the spaces around it', () => {
    const propose = proposer([makeTarget({ id: '7', name: ' support ' })]);
    expect(propose({ sourceName: 'Support', sourceEmail: null })).toMatchObject({
      target: { id: '7' },
      by: 'name',
    });
  });

  it('proposes the only project of a customer of the same name', () => {
    const propose = proposer([makeTarget({ id: '3', name: 'Wartung', parentName: 'ACME GmbH' })]);
    expect(propose({ sourceName: 'ACME GmbH', sourceEmail: null })?.target.id).toBe('3');
  });

  it('proposes nothing when two share the name, or the name is only alike or missing', () => {
    const propose = proposer([
      makeTarget({ id: '1', name: 'Müller' }),
      makeTarget({ id: '2', name: 'Müller' }),
    ]);
    expect(propose({ sourceName: 'Müller', sourceEmail: null })).toBeNull();
    expect(propose({ sourceName: 'Mueller', sourceEmail: null })).toBeNull();
    expect(propose({ sourceName: null, sourceEmail: '' })).toBeNull();
  });
});
