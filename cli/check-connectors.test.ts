import { describe, expect, it } from 'vitest';
import type { AnyContract } from '../api/contract.js';
import { checkConnectors } from './check-connectors.js';
import type { ApiClient } from './client.js';
import { CommandFailed } from './failure.js';

/** Answers by the id of the contract; the schema of the contract proves that the answer is one. */
const clientThat = (answers: Readonly<Record<string, () => unknown>>): ApiClient => ({
  url: 'http://localhost',
  call: async (contract, _input) => {
    const { id }: Pick<AnyContract, 'id'> = contract;
    return contract.reply.cast(answers[id]?.(), { assert: false });
  },
});

const connectors = () => ({ items: [{ id: 'kimai', name: 'Our Kimai' }] });

describe('what doctor says of a connector', () => {
  it('is a sentence for each finding, and only errors are not ok', async () => {
    const findings = [
      { level: 'ok', code: 'kimai_reached', facts: { account: 'sync', version: '2.30.0' } },
      { level: 'error', code: 'permission_missing', facts: { permission: 'view_other_timesheet' } },
    ];
    const api = clientThat({ listConnectors: connectors, checkConnector: () => ({ ok: false, findings }) });
    const found = await checkConnectors(api);
    expect(found.map(({ check, ok }) => [check, ok])).toEqual([
      ['Our Kimai', true],
      ['Our Kimai', false],
    ]);
    expect(found[1]?.says).toContain('view_other_timesheet');
    expect(found[1]?.says).toContain('Our Kimai');
  });

  it('is why the check could not be made, when it could not', async () => {
    const api = clientThat({
      listConnectors: connectors,
      checkConnector: () => {
        throw new CommandFailed('There is no token to test with; store one first', 'token-missing');
      },
    });
    expect(await checkConnectors(api)).toEqual([
      { check: 'Our Kimai', ok: false, says: 'There is no token to test with; store one first' },
    ]);
  });
});
