import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sequelize } from 'sequelize';
import { withDatabase } from '../../tests/kit/database.js';
import { connectDatabase } from '../connection.js';
import { inTransaction, rows } from '../sql.js';
import { firstBrokenAudit, sealAudit, writeAudit, type AuditRecord } from './audit.js';

const record = (id: string): AuditRecord => ({
  bridgeId: null,
  runId: null,
  actor: { kind: 'person', id: 'anna' },
  action: 'decision.recorded',
  subject: { kind: 'conflict', id },
  version: 'v1',
  details: { before: { seconds: 900 }, after: { seconds: 1800 }, by: 'Anna Vogt' },
});

describe('the chain of the audit trail', () => {
  const url = withDatabase();
  let db: Sequelize;
  beforeAll(() => {
    db = connectDatabase(url());
  });
  afterAll(() => db.close());
  const outside = () => ({ db, tx: null });
  const seal = () => inTransaction(db, sealAudit);

  it('numbers what was written, in order and once, whoever seals', async () => {
    for (const id of ['1', '2', '3'])
      await inTransaction(db, (session) => writeAudit(session, [record(id), record(`${id}b`)]));
    const sealed = await Promise.all([seal(), seal(), seal()]);
    expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(6);
    const numbers = await rows<{ sequence: string }>(
      outside(),
      'select sequence from audit_logs order by sequence',
    );
    expect(numbers.map(({ sequence }) => sequence)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(await firstBrokenAudit(outside())).toBeNull();
  });

  it('stays whole when personal details are erased', async () => {
    await rows(
      outside(),
      'delete from audit_details where audit_id = (select min(audit_id) from audit_details) returning 1',
    );
    expect(await firstBrokenAudit(outside())).toBeNull();
  });

  it('shows the first record that was changed afterwards', async () => {
    await rows(outside(), `update audit_logs set actor_id = 'somebody else' where sequence = 4 returning 1`);
    expect(await firstBrokenAudit(outside())).toBe('4');
  });

  it('shows where a record was taken out', async () => {
    await rows(outside(), `update audit_logs set actor_id = 'anna' where sequence = 4 returning 1`);
    await rows(outside(), 'delete from audit_logs where sequence = 2 returning 1');
    expect(await firstBrokenAudit(outside())).toBe('2');
  });
});
