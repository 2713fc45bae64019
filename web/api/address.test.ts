import { describe, expect, it } from 'vitest';
import { addressOf } from './address';

describe('addressOf', () => {
  it('fills the parts of the path and escapes them', () => {
    expect(addressOf('/api/v1/bridges/:id/runs', { id: 'a/b' }, undefined)).toBe(
      '/api/v1/bridges/a%2Fb/runs',
    );
  });
  it('joins lists and leaves out what is absent or empty', () => {
    const query = { kinds: ['locked', 'missing'], search: '', customer: undefined, offset: 0, none: [] };
    expect(addressOf('/x', undefined, query)).toBe('/x?kinds=locked%2Cmissing&offset=0');
  });
  it('says which parameter is missing', () => {
    expect(() => addressOf('/x/:id', {}, undefined)).toThrow('/x/:id needs the parameter id');
  });
});
