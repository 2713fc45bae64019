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
      {
        level: 'error',
        code: 'check_permission_missing',
        facts: { permission: 'view_other_timesheet', system: 'Our Kimai' },
      },
    ];
    const api = clientThat({
      listConnectors: connectors,
      checkConnector: () => ({ ok: false, findings, samples: [] }),
    });
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

  it('asks about samples in hours, in the language that was asked for', async () => {
    const samples = [
      {
        ticketNumber: '50012',
        ticketTitle: 'Printer',
        personName: 'Anna',
        bookedAt: '2026-11-02T08:00:00Z',
        unitText: '0.5',
        seconds: 1800,
      },
    ];
    const api = clientThat({
      listConnectors: connectors,
      checkConnector: () => ({ ok: true, findings: [], samples }),
    });
    const [english] = await checkConnectors(api);
    expect(english?.says).toMatch(/^Ticket 50012 \(Anna\): 0.5 → 0:30.h, is that right\?$/);
    const [german] = await checkConnectors(api, 'de');
    expect(german?.says).toContain('stimmt das?');
  });
});
