import { createHmac, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '../db/connection.js';
import { rows } from '../db/sql.js';
import { BRIDGE, Company } from '../tests/chaos/stage/company.js';
import { Installation } from '../tests/chaos/stage/installation.js';

/*
 * Webhooks against a whole installation on this machine (two API processes, two workers):
 * 1,000 of one ticket within 10 s, and a steady stream over many tickets; all acknowledged, none lost.
 *   npx tsx bench/webhooks.ts [a second] [seconds]
 */
const RATE = Number(process.argv[2] ?? 200);
const SECONDS = Number(process.argv[3] ?? 30);
const TICKETS = 200;
const DRAINED_WITHIN_MS = 180_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const folder = mkdtempSync(join(tmpdir(), 'timebridge-bench-'));
chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to pass
const company = await Company.open();
const installation = await Installation.start(folder);
const db = connectDatabase(installation.databaseUrl, 'bench');
const one = async (sql: string): Promise<number> =>
  Number((await rows<{ n: string }>({ db, tx: null }, sql))[0]?.n ?? 0);

/** @returns how long it took, in ms; -1 when it was not acknowledged. */
async function deliver(secret: string, ticketId: number, which: 0 | 1): Promise<number> {
  const body = JSON.stringify({ ticket: { id: ticketId } });
  const since = performance.now();
  const response = await fetch(`${installation.apiUrl(which)}/api/v1/webhooks/zammad/${BRIDGE}`, {
    method: 'POST',
    headers: {
      'x-zammad-delivery': randomUUID(),
      'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
    },
    body,
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 202 ? performance.now() - since : -1;
}

/** Sends at a steady pace, answers or not. */
async function stream(secret: string, rate: number, count: number, ticketOf: (at: number) => number) {
  const since = performance.now();
  const sent: Promise<number>[] = [];
  for (let at = 0; at < count; at += 1) {
    const due = since + (at * 1_000) / rate - performance.now();
    if (due > 0) await sleep(due);
    sent.push(deliver(secret, ticketOf(at), at % 2 === 0 ? 0 : 1));
  }
  const times = (await Promise.all(sent)).sort((a, b) => a - b);
  const at = (part: number): string => `${Math.round(times[Math.floor((times.length - 1) * part)] ?? 0)} ms`;
  const lost = times.filter((ms) => ms < 0).length;
  console.log(`  ${count - lost} of ${count} acknowledged; p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}`);
}

const untilDrained = async (): Promise<number> => {
  const until = Date.now() + DRAINED_WITHIN_MS;
  const waiting = 'select count(*) as n from webhook_deliveries where signalled_at is null';
  while ((await one(waiting)) > 0 && Date.now() < until) await sleep(200);
  return one(waiting);
};

/** How often a ticket was read at Zammad: once a sync. */
async function readsOf(ticketId: number): Promise<number> {
  const log: unknown = await company.control('zammad', 'GET', '/requests');
  if (!Array.isArray(log)) return Number.NaN;
  const texts = log.map((request: unknown) => JSON.stringify(request));
  return texts.filter((text) => text.includes(`/tickets/${ticketId}/time_accountings`)).length;
}

try {
  const secret = await company.connect(installation.api(), {});
  const [ticket] = company.tickets;
  if (ticket === undefined) throw new Error('there is no ticket');
  console.log('1,000 webhooks of one ticket within 10 s');
  await company.control('zammad', 'DELETE', '/requests');
  await stream(secret, 100, 1_000, () => ticket.id);
  await untilDrained();
  await sleep(6_000); // the spacing after the last one
  console.log(`  ${await readsOf(ticket.id)} syncs`);
  console.log(`${RATE} webhooks a second for ${SECONDS} s over ${TICKETS} tickets`);
  const before = await one('select count(*) as n from webhook_deliveries');
  await stream(secret, RATE, RATE * SECONDS, (at) => 1_000 + (at % TICKETS));
  const since = performance.now();
  const left = await untilDrained();
  const kept = (await one('select count(*) as n from webhook_deliveries')) - before;
  const took = ((performance.now() - since) / 1_000).toFixed(1);
  console.log(`  ${kept} kept, ${left} not passed on ${took} s later`);
} finally {
  await db.close();
  await installation.stop();
  await company.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
