import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from './contract.js';
import { allContracts } from './contracts.contract.js';
import { allEndpoints } from './endpoints.js';
import { withApi } from './testing/test-api.js';

const filled = (path: string) =>
  path
    .replace(':bridgeId', 'main')
    .replace(':connectorId', 'zammad')
    .replace(':kind', 'users')
    .replace(/:(userId|tokenId|viewId)/, '7d2f1f7e-5f0a-4b7e-9a53-1f6f5f5d9c11')
    .replace(/:\w+/, '1');

const below = (role: Role): Role | undefined => ROLES[ROLES.indexOf(role) - 1];

const PUBLIC = ['firstLogin', 'login', 'logout', 'readLoginLink', 'receiveZammad', 'refreshSession'];

describe('access', () => {
  const api = withApi();
  const closed = allContracts.flatMap((contract) =>
    contract.access === 'public' ? [] : [{ ...contract, role: contract.access }],
  );

  it('every contract has one endpoint, and every endpoint a contract', () => {
    const named = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();
    expect(named(allEndpoints)).toEqual(named(allContracts));
  });

  it('only these endpoints are open to everybody', () => {
    const open = allContracts.filter(({ access }) => access === 'public').map(({ id }) => id);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it.each(closed)('$method $path answers 401 to nobody and to a wrong token', async ({ method, path }) => {
    const nobody = await api().call(null, method, filled(path));
    expect([nobody.status, nobody.body['code']]).toEqual([401, 'session-missing']);
    const wrong = await fetch(`${api().url}${filled(path)}`, {
      method: method.toUpperCase(),
      headers: { authorization: 'Bearer tbt_wrong' },
    });
    expect(wrong.status).toBe(401);
  });

  it.each(closed.filter(({ role }) => role !== 'viewer'))(
    '$method $path answers 403 below $role',
    async ({ method, path, role }) => {
      const answer = await api().call(below(role) ?? null, method, filled(path));
      expect([answer.status, answer.body['code'], answer.body['needs']]).toEqual([403, 'role-too-low', role]);
    },
  );
});
