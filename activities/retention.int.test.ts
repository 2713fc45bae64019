import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../tests/kit/database.js';
import { connectDatabase } from '../db/connection.js';
import { inTransaction, row, rows } from '../db/sql.js';
import { firstBrokenAudit, sealAudit } from '../db/stores/audit.js';
import { forgetPage } from '../db/stores/retention.js';

const KEPT = { traceDays: 30, detailDays: 3_653 };

const database = withDatabase();
let db: Sequelize;
beforeAll(async () => {
  db = connectDatabase(database());
  const run = (sql: string) => rows({ db, tx: null }, `${sql} returning 1`);
  await run(`insert into connectors (id, kind, name, base_url, web_url, time_zone, unit_periods, settings)
    values ('k', 'kimai', 'K', 'https://k.example.com', 'https://k.example.com', 'UTC', '[]', '{}')`);
  await run(`insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies, schedule)
    values ('b', 'B', 'k', 'k', 'x1', 'live', '2026-01-01', '{}', '{}')`);
  await run(`insert into webhook_deliveries (bridge_id, delivery_id, ticket_id, body_hash, received_at, signalled_at) values
    ('b', 'old', '1', '\\x00', now() - interval '31 days', now() - interval '31 days'),
    ('b', 'young', '1', '\\x00', now() - interval '29 days', now()),
    ('b', 'old but waiting', '1', '\\x00', now() - interval '31 days', null)`);
  await run(`insert into notifications (kind, facts, sent_at) values
    ('alert_test', '{}', now() - interval '31 days'), ('alert_test', '{}', null)`);
  await run(`insert into alert_messages (channel, kind, content, created_at, sent_at, given_up_at) values
    ('mail', 'alert_test', '{}', now() - interval '31 days', now(), null),
    ('mail', 'alert_test', '{}', now() - interval '31 days', null, null)`);
  await run(`insert into users (id, email, name, role)
    values ('00000000-0000-4000-8000-000000000001', 'a@example.com', 'A', 'admin')`);
  await run(`insert into sessions (user_id, expires_at, revoked_at) values
    ('00000000-0000-4000-8000-000000000001', now() - interval '31 days', null),
    ('00000000-0000-4000-8000-000000000001', now() + interval '1 day', now() - interval '31 days'),
    ('00000000-0000-4000-8000-000000000001', now() + interval '1 day', null)`);
  await run(`insert into login_links (hash, role, expires_at) values
    ('\\x01', 'admin', now() - interval '31 days'), ('\\x02', 'admin', now())`);
  await run(`insert into connector_checks (connector_id, ok, findings, samples, checked_at) values
    ('k', true, '[]', '[]', now() - interval '31 days'), ('k', true, '[]', '[]', now())`);
  await run(`insert into conflicts (bridge_id, kind, subject, version, facts, state, seconds_at_stake, entry_count, search)
    values ('b', 'guard', 'guard', 'v', '{}', 'open', 0, 0, '')`);
  await run(`insert into questions (id, conflict_id, user_id, user_name, text, created_at)
    select gen_random_uuid(), c.id, '00000000-0000-4000-8000-000000000001', 'A', 'x', now() - make_interval(days => n)
    from conflicts c, unnest(array[31, 29]) n`);
  await run(`with logged as (
      insert into audit_logs (at, actor_kind, action, subject_kind, subject_id, details_hash)
      select now() - make_interval(days => n), 'system', 'x', 'y', n::text, '\\x00'
      from unnest(array[4000, 100]) n returning id)
    insert into audit_details (audit_id, salt, details) select id, '\\x00', '{"name": "Anna"}' from logged`);
  while ((await inTransaction(db, sealAudit)) > 0);
});
afterAll(() => db.close());

const forget = (pageSize = 100) => inTransaction(db, (session) => forgetPage(session, KEPT, pageSize));
const left = async (table: string) =>
  (await row<{ count: number }>({ db, tx: null }, `select count(*)::int as count from ${table}`))?.count;

describe('what is past its time', () => {
  it('is forgotten; what waits, what is young and what the books consist of stays', async () => {
    const { forgotten, more } = await forget();
    expect(forgotten).toEqual({
      deliveries: 1,
      messages: 1,
      notifications: 1,
      sessions: 2,
      loginLinks: 1,
      questions: 1,
      checks: 1,
      details: 1,
    });
    expect(more).toBe(false);
    expect(await left('webhook_deliveries')).toBe(2);
    expect(await left('notifications')).toBe(1);
    expect(await left('alert_messages')).toBe(1);
    expect(await left('connector_checks')).toBe(1);
    expect(await left('questions')).toBe(1);
    expect(await left('audit_logs')).toBe(2);
  });

  it('leaves the chain of the audit trail whole', async () => {
    expect(await inTransaction(db, firstBrokenAudit)).toBeNull();
  });

  it('is forgotten once: a second pass finds nothing', async () => {
    expect(Object.values((await forget()).forgotten)).toEqual(Array<number>(8).fill(0));
  });

  it('asks for another pass while pages are full', async () => {
    await rows(
      { db, tx: null },
      `insert into notifications (kind, facts, sent_at)
       select 'alert_test', '{}', now() - interval '40 days' from generate_series(1, 3) returning 1`,
    );
    expect(await forget(2)).toMatchObject({ more: true });
    expect(await forget(2)).toMatchObject({ more: false, forgotten: { notifications: 1 } });
  });
});
