import * as yup from 'yup';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../../db/sql.js';
import { findCheck } from '../../../db/stores/connector-checks.js';
import { createDatabase, dropDatabase } from '../../kit/database.js';
import { BRIDGE } from './bench-bridge.js';
import { openContractBridge, type ContractBridge } from './contract-bridge.js';

const NAMED = yup
  .array(
    yup
      .object({ id: yup.number().required(), name: yup.string().required(), number: yup.string().nullable() })
      .required(),
  )
  .required();

describe('a bridge that makes customers', () => {
  let databaseUrl: string;
  let bridge: ContractBridge;

  beforeEach(async () => {
    databaseUrl = await createDatabase();
    bridge = await openContractBridge(databaseUrl, { customers: 'create' });
    await rows(session(), 'delete from customer_mappings where bridge_id = $1 returning 1', [BRIDGE]);
  });
  afterEach(async () => {
    await bridge.close();
    await dropDatabase(databaseUrl);
  });

  const session = () => ({ db: bridge.engine.db, tx: null });
  const named = async (path: string) => NAMED.validateSync(await bridge.kimai('GET', path));
  const customers = () => named('/customers?visible=3');
  const projects = () => named('/projects?visible=3&ignoreDates=1');
  const ledger = () =>
    rows<{ state: string; attempts: number; code: string | null }>(
      session(),
      `select state, attempts, answer ->> 'code' as code from ledger where operation = 'provision' order by id`,
    );
  /** Kimai knows nobody who is called like the organization. */
  const renamed = async (name: string): Promise<void> => {
    const [first] = await customers();
    await bridge.kimai('PATCH', `/customers/${first?.id}`, { name });
  };
  const permission = (name: string, allowed: boolean): Promise<unknown> =>
    fetch(`${bridge.simulators.kimaiUrl}/__control/permissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'ROLE_SYNC', permission: name, allowed }),
    });
  const untilQuiet = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      const cause = { runId: null, decisionId: null };
      const scope = { kind: 'bridge' } as const;
      await bridge.engine.activities.reconcile({ bridgeId: BRIDGE, scope, cause });
      const applied = await bridge.engine.activities.applyPlan({ bridgeId: BRIDGE, scope, cause });
      if (applied.waitUntil === null && !applied.more && !applied.dirty) return;
      const wait = Math.max(0, Date.parse(applied.waitUntil ?? '') - Date.now()) || 0;
      await new Promise((resolve) => setTimeout(resolve, wait + 20));
    }
    throw new Error('there is work left');
  };

  it('makes a customer and a project once, whatever waits for them, and books on them', async () => {
    await renamed('Somebody else');
    await bridge.book(15);
    await bridge.book(30);
    await bridge.engine.run();
    expect((await customers()).map(({ name, number }) => ({ name, number }))).toEqual([
      { name: 'Example GmbH', number: 'demo-1' },
      expect.objectContaining({ name: 'Somebody else' }),
    ]);
    const made = (await projects()).filter(({ name }) => name === 'Example GmbH');
    expect(made.map(({ number }) => number)).toEqual(['demo-1']);
    expect((await bridge.timesheets()).map(({ duration }) => duration)).toEqual([900, 1800]);
    expect(
      await rows(session(), `select target_id, decided_by from customer_mappings where bridge_id = $1`, [
        BRIDGE,
      ]),
    ).toEqual([{ target_id: String(made[0]?.id), decided_by: 'policy' }]);
    expect(
      await rows(
        session(),
        `select a.subject_id, d.details -> 'customer' -> 'created' as created from audit_logs a
         join audit_details d on d.audit_id = a.id where action = 'customer.provided'`,
      ),
    ).toEqual([{ subject_id: 'organization:1', created: true }]);
    // Time entries and who was made for them are counted apart.
    expect(
      await rows(
        session(),
        `select counters ->> 'written' as written, counters ->> 'customersCreated' as customers from sync_runs`,
      ),
    ).toEqual([{ written: '2', customers: '1' }]);
  });

  it.each(['/api/customers', '/api/projects'])(
    'makes one only when the answer of %s is lost',
    async (path) => {
      await renamed('Somebody else');
      await bridge.book(15);
      await bridge.fault({
        match: { method: 'POST', path: `^${path}$` },
        times: 1,
        then: { kind: 'drop_after_write' },
      });
      await bridge.engine.run();
      await untilQuiet();
      expect((await customers()).filter(({ name }) => name === 'Example GmbH')).toHaveLength(1);
      expect((await projects()).filter(({ name }) => name === 'Example GmbH')).toHaveLength(1);
      expect(await bridge.timesheets()).toHaveLength(1);
    },
  );

  it('tries again after two look-ups where Kimai never saw it', async () => {
    await renamed('Somebody else');
    await bridge.book(15);
    await bridge.fault({
      match: { method: 'POST', path: '^/api/customers$' },
      times: 1,
      then: { kind: 'drop' },
    });
    await bridge.engine.run();
    await untilQuiet();
    expect((await customers()).filter(({ name }) => name === 'Example GmbH')).toHaveLength(1);
    expect(await bridge.timesheets()).toHaveLength(1);
  });

  it('takes a customer of exactly that name, and makes only the project that it has not', async () => {
    await bridge.kimai('PATCH', '/projects/1', { visible: false });
    await bridge.book(15);
    await bridge.engine.run();
    expect(await customers()).toHaveLength(1);
    expect((await projects()).map(({ name }) => name)).toEqual(['Example GmbH', 'Support']);
    expect(await bridge.timesheets()).toHaveLength(1);
  });

  it.each([
    ['which has other projects', 'other_projects', () => Promise.resolve()],
    ['that is hidden', 'customer_hidden', () => bridge.kimai('PATCH', '/customers/1', { visible: false })],
    ['that is written otherwise', 'customer_alike', () => renamed('EXAMPLE GmbH')],
    [
      'of which there are two',
      'several_customers',
      () => bridge.kimai('POST', '/customers', { name: 'Example GmbH' }),
    ],
  ])('asks about a customer %s', async (_told, cause, prepare) => {
    await prepare();
    await bridge.book(15);
    const before = await customers();
    await bridge.engine.run();
    const [asked] = await bridge.engine.openConflicts();
    expect(asked?.facts.why).toMatchObject({ code: 'provision_refused', facts: { cause } });
    expect(await customers()).toEqual(before);
    expect(await bridge.timesheets()).toEqual([]);
  });

  it('names the right that is missing, and goes on once it is given and the connection was tested', async () => {
    await renamed('Somebody else');
    await permission('create_customer', false);
    await bridge.book(15);
    await bridge.engine.run();
    const [asked] = await bridge.engine.openConflicts();
    expect(asked?.facts.why.facts).toMatchObject({ cause: 'permission_missing', quoted: 'create_customer' });
    await bridge.engine.run();
    expect(await ledger()).toEqual([{ state: 'refused', attempts: 1, code: 'permission_missing' }]);
    await permission('create_customer', true);
    const { checkId } = await bridge.engine.activities.checkConnector({ connectorId: 'kimai' });
    const tested = await findCheck(session(), checkId);
    expect(tested?.findings.map(({ code }) => code)).toContain('kimai_creates_customers');
    await bridge.engine.run();
    expect(await bridge.timesheets()).toHaveLength(1);
    expect(await bridge.engine.openConflicts()).toEqual([]);
  });

  it('asks about a ticket customer without an organization', async () => {
    const ticket = await bridge.zammad('POST', '/tickets', {
      ...{ title: 'Anruf', group_id: 1, customer_id: 3, article: { body: 'x', type: 'note' } },
    });
    await bridge.bookOn(Number(Reflect.get(Object(ticket), 'id')), 15);
    await bridge.engine.run();
    const [asked] = await bridge.engine.openConflicts();
    expect(asked?.facts.why.code).toBe('unmapped_ticket_customer');
  });

  it('makes nobody when the policy changed before it came to it', async () => {
    await renamed('Somebody else');
    await bridge.book(15);
    const cause = { runId: null, decisionId: null };
    const everything = { bridgeId: BRIDGE, runId: null, full: true };
    await bridge.engine.activities.fetchTarget(everything);
    await bridge.engine.activities.fetchSource(everything);
    await bridge.engine.activities.reconcile({ bridgeId: BRIDGE, scope: { kind: 'bridge' }, cause });
    await rows(session(), `update bridges set policies = policies || '{"customers":"propose"}' returning 1`);
    await untilQuiet();
    expect(await ledger()).toEqual([{ state: 'dropped', attempts: 1, code: 'nobody_waits' }]);
    expect(await customers()).toHaveLength(1);
    expect((await bridge.engine.openConflicts())[0]?.facts.why.code).toBe('unmapped_customer');
  });
});
