import { describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../../db/stores/catalogue-view.js';
import { proposer } from './propose.js';

const makeTarget = (overrides: Partial<CatalogueEntry>): CatalogueEntry => ({
  id: '1',
  name: 'Support',
  parentId: null,
  parentName: null,
  parentNumber: null,
  currency: null,
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

  it('proposes nothing when two share the name, or the name is another one or missing', () => {
    const propose = proposer([
      makeTarget({ id: '1', name: 'Müller' }),
      makeTarget({ id: '2', name: 'Müller' }),
    ]);
    expect(propose({ sourceName: 'Müller', sourceEmail: null })).toBeNull();
    expect(propose({ sourceName: 'Mueller', sourceEmail: null })).toBeNull();
    expect(propose({ sourceName: 'Schmidt', sourceEmail: null })).toBeNull();
    expect(propose({ sourceName: null, sourceEmail: '' })).toBeNull();
  });

  it('takes a number that stands in the name before the name itself, also that of a customer', () => {
    const propose = proposer([
      makeTarget({ id: '1', name: 'Kern', number: '0042' }),
      makeTarget({ id: '2', name: 'Wartung', parentName: 'Kern', parentNumber: 'K-1001' }),
    ]);
    expect(propose({ sourceName: 'Kern (0042)', sourceEmail: null })).toMatchObject({
      target: { id: '1' },
      by: 'number',
    });
    expect(propose({ sourceName: 'k-1001 Autohaus', sourceEmail: null })).toMatchObject({
      target: { id: '2' },
      by: 'number',
    });
    expect(propose({ sourceName: '0042 K-1001', sourceEmail: null })?.by).not.toBe('number');
  });

  it('offers what is only alike as such, without legal forms and umlauts, and never one of two', () => {
    const propose = proposer([
      makeTarget({ id: '1', name: 'Wartung', parentName: 'Praxis Dr. Engel' }),
      makeTarget({ id: '2', name: 'Wartung', parentName: 'Autohaus Kern KG' }),
      makeTarget({ id: '3', name: 'Müller & Söhne GmbH' }),
    ]);
    expect(propose({ sourceName: 'Mueller und Soehne', sourceEmail: null })).toMatchObject({
      target: { id: '3' },
      by: 'similar',
    });
    expect(propose({ sourceName: 'Autohaus Kern', sourceEmail: null })).toMatchObject({
      target: { id: '2' },
      by: 'similar',
    });
    expect(propose({ sourceName: 'Stadtwerke', sourceEmail: null })).toBeNull();
    const twins = proposer([
      makeTarget({ id: '1', name: 'Kern A' }),
      makeTarget({ id: '2', name: 'Kern B' }),
    ]);
    expect(twins({ sourceName: 'Kern', sourceEmail: null })).toBeNull();
  });

  it('stays quick for thousands on both sides', () => {
    const many = Array.from({ length: 2_000 }, (_, at) =>
      makeTarget({ id: String(at), name: `Customer ${at} Ltd` }),
    );
    const propose = proposer(many);
    expect(propose({ sourceName: 'Customer 1234', sourceEmail: null })?.target.id).toBe('1234');
  });
});
