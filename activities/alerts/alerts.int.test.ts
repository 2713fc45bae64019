import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '../../tests/kit/database.js';
import { connectDatabase } from '../../db/connection.js';
import { inTransaction, rows } from '../../db/sql.js';
import { alertsAreDue, listAlertMessages } from '../../db/stores/alert-messages.js';
import { storeNotification } from '../../db/stores/notifications.js';
import type { ActivityDeps } from '../deps.js';
import { pauseConnector } from '../health.js';
import type { AlertChannel } from './channel.js';
import { composeAlerts } from './compose.js';
import { createMailChannel } from './mail-channel.js';
import { sendAlerts } from './send.js';
import { createWebhookChannel } from './webhook-channel.js';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const DAY_MS = 86_400_000;

const database = withDatabase();
let db: Sequelize;
let now: Date;
const mails: string[] = [];
const hooks: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let hookStatus = 204;
let mailReply: number | null = null;
let smtp: SMTPServer;
let receiver: Server;
let channels: AlertChannel[];

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
};

beforeAll(async () => {
  db = connectDatabase(database());
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (part: Buffer) => (mail += part.toString('utf8')));
      stream.on('end', () => {
        if (mailReply !== null) return done(Object.assign(new Error('no'), { responseCode: mailReply }));
        mails.push(mail.replace(/=\r?\n/g, '')); // quoted-printable breaks long lines
        done();
      });
    },
  });
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      hooks.push({ headers: request.headers, body });
      response.writeHead(hookStatus).end();
    });
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  channels = [
    createMailChannel({
      smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}`,
      from: 'timebridge@example.com',
      to: ['chef@example.com', 'it@example.com'],
    }),
    createWebhookChannel({ url: `http://127.0.0.1:${portOf(receiver)}/hook`, secret: SECRET }),
  ];
});
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(resolve));
  await new Promise((resolve) => receiver.close(resolve));
  await db.close();
});

const sql = (text: string) => rows({ db, tx: null }, `${text} returning 1`);

beforeEach(async () => {
  await sql('delete from notifications');
  await sql('delete from alert_messages');
  await sql('delete from conflicts');
  await sql('delete from bridges');
  await sql('delete from connectors');
  await sql(`insert into connectors (id, kind, name, base_url, web_url, time_zone, unit_periods, settings)
    values ('kimai', 'kimai', 'Kimai', 'https://k.example.com', 'https://k.example.com', 'Europe/Berlin', '[]', '{}')`);
  mails.length = 0;
  hooks.length = 0;
  hookStatus = 204;
  mailReply = null;
  now = new Date();
});

/** Only what alerts use: what they do not use must not be asked for. */
const deps = (): ActivityDeps => ({
  db,
  connectors: {
    source: () => Promise.reject(new Error('not asked')),
    target: () => Promise.reject(new Error('not asked')),
    system: () => Promise.reject(new Error('not asked')),
    sourceAs: () => Promise.reject(new Error('not asked')),
    openSealed: () => Promise.reject(new Error('not asked')),
    reseal: () => Promise.reject(new Error('not asked')),
  },
  processes: { startConflict: () => Promise.resolve(), signalFactsChanged: () => Promise.resolve() },
  alerts: { channels, language: 'de', publicUrl: 'https://tb.example.com' },
  retention: { traceDays: 30, detailDays: 3_653 },
  graceMs: 0,
  unknownWaitSeconds: 1,
  lookupPauseSeconds: 0,
  now: () => now,
  heartbeat: () => undefined,
});

async function deliver(): Promise<void> {
  while ((await composeAlerts(deps())).more);
  while ((await sendAlerts(deps())).more);
}

const stop = () =>
  pauseConnector(deps(), { connectorId: 'kimai', code: 'unavailable', message: 'no answer' });
const resume = () =>
  inTransaction(db, async (session) => {
    await rows(session, `update connectors set health = 'ok', health_cause = null returning 1`);
    await storeNotification(session, { kind: 'connector_resumed', facts: { connectorId: 'kimai' } });
  });
const dueNow = () => sql('update notifications set due_at = now()');
const subjects = () => mails.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]);
const messages = () => listAlertMessages({ db, tx: null }, 50);

describe('what nobody may miss', () => {
  it('a system that stands still is told by mail and webhook, and that it answers again', async () => {
    await stop();
    await deliver();
    expect(mails).toEqual([]); // a restart of Kimai is no news
    await dueNow();
    expect(await alertsAreDue({ db, tx: null })).toBe(true);
    await deliver();
    expect(subjects()).toEqual(['Kimai: der Abgleich wartet']);
    expect(mails[0]).toContain('chef@example.com, it@example.com');
    expect(mails[0]).toContain('https://tb.example.com/connectors/kimai');
    await resume();
    await deliver();
    expect(subjects()).toEqual(['Kimai: der Abgleich wartet', 'Kimai antwortet wieder']);
    expect(hooks).toHaveLength(2);
    expect(await alertsAreDue({ db, tx: null })).toBe(false);
  });

  it('a system that was away for moments is told to nobody, nor that it is back', async () => {
    await stop();
    await resume();
    await dueNow();
    await deliver();
    expect(mails).toEqual([]);
    expect(hooks).toEqual([]);
  });

  it('a webhook carries the signature of the Standard Webhooks scheme over the bytes that were sent', async () => {
    await storeNotification({ db, tx: null }, { kind: 'alert_test', facts: { by: 'Anna' } });
    await deliver();
    const [hook] = hooks;
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        String(hook?.headers[name]),
      ]),
    );
    expect(new Webhook(SECRET).verify(hook?.body ?? '', headers)).toMatchObject({
      type: 'timebridge.alert_test',
      data: { subject: 'Probe: Benachrichtigungen kommen an', url: 'https://tb.example.com/' },
    });
    expect(() => new Webhook(SECRET).verify(`${hook?.body} `, headers)).toThrow();
  });

  it('a receiver that is down gets the same message later, and keeps no other from going out', async () => {
    hookStatus = 503;
    await storeNotification({ db, tx: null }, { kind: 'alert_test', facts: { by: 'Anna' } });
    await deliver();
    expect(subjects()).toHaveLength(1);
    expect((await messages()).find(({ channel }) => channel === 'webhook')).toMatchObject({
      attempts: 1,
      sentAt: null,
      givenUpAt: null,
      lastError: 'the receiver answered 503',
    });
    hookStatus = 200;
    await deliver();
    expect(hooks).toHaveLength(1); // not before its time
    await sql('update alert_messages set next_try_at = now() where sent_at is null');
    await deliver();
    expect(hooks.map(({ headers }) => headers['webhook-id'])).toEqual([
      hooks[0]?.headers['webhook-id'],
      hooks[0]?.headers['webhook-id'],
    ]);
    expect(subjects()).toHaveLength(1);
  });

  it('a receiver that is gone for good is given up, and says so', async () => {
    hookStatus = 410;
    mailReply = 550;
    await storeNotification({ db, tx: null }, { kind: 'alert_test', facts: { by: 'Anna' } });
    await deliver();
    expect(
      (await messages()).map(({ givenUpAt, lastError }) => [givenUpAt !== null, lastError !== null]),
    ).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(await alertsAreDue({ db, tx: null })).toBe(false);
  });

  it('cases that wait are one message a day, however many remind', async () => {
    await sql(`insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies, schedule)
      values ('b', 'B', 'kimai', 'kimai', 'x1', 'live', '2026-01-01', '{}', '{}')`);
    await sql(`insert into conflicts (bridge_id, kind, subject, version, facts, state, seconds_at_stake, entry_count, search, opened_at)
      select 'b', 'missing', 'lead:' || n, 'v', '{}', 'open', 1800, 1, '', now() - interval '3 days'
      from generate_series(1, 12) n`);
    const remind = (reminders: number) =>
      storeNotification({ db, tx: null }, { kind: 'conflict_waits', facts: { conflictId: '1', reminders } });
    for (let n = 1; n <= 12; n += 1) await remind(n);
    await deliver();
    await remind(13);
    await deliver();
    expect(subjects()).toHaveLength(1);
    expect(hooks[0]?.body).toContain('12 Fälle warten auf eine Entscheidung');
    expect(hooks[0]?.body).toContain('6:00');
    await sql(`update alert_messages set created_at = created_at - interval '25 hours'`);
    await dueNow();
    await deliver();
    expect(subjects()).toHaveLength(2);
    now = new Date(now.getTime() + DAY_MS);
    await sql(`update conflicts set state = 'closed'`);
    await sql(`update alert_messages set created_at = created_at - interval '25 hours'`);
    await remind(14);
    await deliver();
    expect(subjects()).toHaveLength(2); // decided meanwhile
  });

  it('cases that nobody took are told with whose week it is', async () => {
    await sql('delete from users');
    await sql(`insert into users (id, email, name, role, language) values
      ('5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c11', 'jana@example.com', 'Jana Weidner', 'approver', 'de'),
      ('5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c12', 'ben@example.com', 'Ben Ott', 'admin', 'de')`);
    for (const [id, code] of [
      ['b', 'x1'],
      ['quiet', 'x2'],
    ])
      await sql(`insert into bridges (id, name, source_connector_id, target_connector_id, code, mode, start_from, policies,
          schedule, duty)
        values ('${id}', 'B', 'kimai', 'kimai', '${code}', 'live', '2026-01-01', '{}', '{"timeZone": "Europe/Berlin"}',
          '{"people": ["5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c1${id === 'b' ? 1 : 2}"], "since": "2026-01-05"}')`);
    await sql(`insert into conflicts (bridge_id, kind, subject, version, facts, state, seconds_at_stake, entry_count, search, opened_at)
      values ('b', 'missing', 'lead:1', 'v', '{}', 'open', 1800, 1, '', now() - interval '3 days')`);
    await storeNotification(
      { db, tx: null },
      { kind: 'conflict_waits', facts: { conflictId: '1', reminders: 1 } },
    );
    await deliver();
    expect(hooks[0]?.body).toContain('ist diese Woche zuständig: Jana Weidner.');
    expect(hooks[0]?.body).toContain('"onDuty":["Jana Weidner"]');
    await sql('delete from users');
  });

  it('without a channel nothing is kept for later', async () => {
    const bare = { ...deps(), alerts: { ...deps().alerts, channels: [] } };
    await storeNotification({ db, tx: null }, { kind: 'alert_test', facts: { by: 'Anna' } });
    await composeAlerts(bare);
    expect(await messages()).toEqual([]);
    expect(await alertsAreDue({ db, tx: null })).toBe(false);
  });
});
