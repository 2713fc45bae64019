import { createHmac, randomUUID } from 'node:crypto';
import { Pool, request } from 'undici';
import { rows } from '../../db/sql.js';
import { sleep } from '../../stack/processes.js';
import { inFlight } from '../../worker/in-flight.js';
import { percentile, type BenchContext, type BenchRow, type Finding } from '../finding.js';
import { agentToken, ENTRIES_A_TICKET } from '../stage/books.js';
import { connectBridge, runBridge, type Bridge } from '../stage/bridge.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { startSystems, total, type Systems } from '../stage/systems.js';

/* Zammad tells that tickets changed: how soon that is acknowledged, and how soon the time is in Kimai. */

/** Each ticket is told of twice, half the storm apart: each is synced after the last time, not each time. */
const STORM = { aSecond: 200, seconds: 30, timesATicket: 2 };
const QUIET = { aSecond: 5, seconds: 30 };
const ONE_TICKET = { aSecond: 100, count: 1_000 };
/** Minutes that are accounted; no entry of the books has as many. */
const UNITS = { quiet: 12, storm: 13 } as const;
const DRAINED_WITHIN_MS = 180_000;
const TICKET_READ = 'GET /api/v1/tickets/:id/time_accountings';

type Stage = { readonly installation: Installation; readonly systems: Systems; readonly bridge: Bridge };

/** Sends deliveries at a steady pace, whether earlier ones are answered or not. @returns ms of each acknowledgement. */
async function stream(
  { installation, bridge }: Stage,
  pace: { readonly aSecond: number; readonly count: number },
  ticketOf: (at: number) => number,
): Promise<readonly number[]> {
  const pool = new Pool(installation.apiUrl, { connections: 64 });
  const path = `/api/v1/webhooks/zammad/${bridge.id}`;
  const deliver = async (ticketId: number): Promise<number> => {
    const body = JSON.stringify({ ticket: { id: ticketId } });
    const signature = createHmac('sha1', bridge.webhookSecret).update(body).digest('hex');
    const headers = { 'x-zammad-delivery': randomUUID(), 'x-hub-signature': `sha1=${signature}` };
    const since = performance.now();
    const reply = await pool.request({ method: 'POST', path, headers, body });
    await reply.body.dump();
    if (reply.statusCode !== 202) throw new Error(`a webhook was answered ${reply.statusCode}`);
    return performance.now() - since;
  };
  const since = performance.now();
  const sent: Promise<number>[] = [];
  for (let at = 0; at < pace.count; at += 1) {
    const due = since + (at * 1_000) / pace.aSecond - performance.now();
    if (due > 0) await sleep(due);
    sent.push(deliver(ticketOf(at)));
  }
  const times = await Promise.all(sent);
  await pool.close();
  return times;
}

/** How often any ticket was read at Zammad: once a sync of its own. */
const syncs = async ({ systems }: Stage): Promise<number> => (await systems.tally()).zammad[TICKET_READ] ?? 0;

async function until(met: () => Promise<boolean>): Promise<number> {
  const since = performance.now();
  while (!(await met()) && performance.now() - since < DRAINED_WITHIN_MS) await sleep(250);
  return performance.now() - since;
}

/** An agent accounts time on a ticket. */
async function bookTime({ systems }: Stage, ticketId: number, at: number, unit: number): Promise<void> {
  const made = await request(`${systems.zammadUrl}/api/v1/tickets/${ticketId}/time_accountings`, {
    method: 'POST',
    headers: { authorization: `Token token=${agentToken(at)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ time_unit: unit }),
  });
  if (made.statusCode !== 201) throw new Error(`time was refused: ${await made.body.text()}`);
  await made.body.dump();
}

/** When the time of so many units on these tickets was in Kimai. */
const written = ({ installation, bridge }: Stage, unit: number, tickets: readonly number[]) =>
  rows<{ ticket: string; at: Date }>(
    { db: installation.db, tx: null },
    `select e.ticket_id as ticket, max(l.answered_at) as at from ledger l join time_entries e on e.id = l.lead_entry_id
     where l.bridge_id = $1 and l.state = 'done' and e.ticket_id = any($2::text[]) and e.seconds = $3
     group by e.ticket_id`,
    [bridge.id, tickets.map(String), unit * 60],
  );

/**
 * New time on far more tickets than can be synced one by one, each told of twice: every delivery is acknowledged, and all
 * the time comes to Kimai.
 */
async function storm(stage: Stage, seconds: number, say: BenchContext['say']): Promise<readonly Finding[]> {
  const { installation, systems } = stage;
  await systems.clearTally();
  const count = STORM.aSecond * seconds;
  const tickets = Array.from({ length: stormTickets(seconds) }, (_, at) => 1 + at);
  await inFlight(8, tickets, (ticketId) => bookTime(stage, ticketId, ticketId, UNITS.storm));
  const stop = installation.meter();
  const acknowledged = await stream(
    stage,
    { aSecond: STORM.aSecond, count },
    (at) => 1 + (at % tickets.length),
  );
  const waiting = () =>
    installation.count('select count(*) from webhook_deliveries where signalled_at is null');
  const missing = async () => tickets.length - (await written(stage, UNITS.storm, tickets)).length;
  const drainedMs = await until(async () => (await waiting()) === 0 && (await missing()) === 0);
  const lost = (await missing()) + (await waiting());
  const all = `time of ${tickets.length} tickets in Kimai ${(drainedMs / 1000).toFixed(0)} s after the last`;
  say(`${count} deliveries: ${all}`);
  const usage = stop();
  const { zammad, kimai } = await systems.tally();
  return [
    {
      ...{
        id: 'webhook-ack',
        what: `webhook acknowledged, p99 at ${STORM.aSecond}/s for ${seconds} s over ${tickets.length} tickets`,
        unit: 'ms',
      },
      ...{ goal: { atMost: 50 }, values: [percentile(acknowledged, 0.99)] },
      ...{ usage, calls: { zammad: total(zammad), kimai: total(kimai) } },
      note: `p50 ${percentile(acknowledged, 0.5).toFixed(1)} ms; ${all}`,
    },
    {
      ...{ id: 'webhook-lost', what: '… deliveries that wait or time that is not in Kimai', unit: 'lost' },
      goal: { atMost: 0 },
      values: [lost],
    },
  ];
}

const stormTickets = (seconds: number): number => (STORM.aSecond * seconds) / STORM.timesATicket;

/** New time on tickets that were quiet: from the acknowledgement to the row in Kimai. */
async function quietTickets(stage: Stage, seconds: number, firstTicket: number): Promise<Finding> {
  const { installation } = stage;
  const acknowledgedAt = new Map<string, number>();
  const pending: Promise<unknown>[] = [];
  const stop = installation.meter();
  const since = performance.now();
  for (let at = 0; at < QUIET.aSecond * seconds; at += 1) {
    const due = since + (at * 1_000) / QUIET.aSecond - performance.now();
    if (due > 0) await sleep(due);
    const ticketId = firstTicket + at;
    pending.push(
      (async () => {
        await bookTime(stage, ticketId, at, UNITS.quiet);
        await stream(stage, { aSecond: 1, count: 1 }, () => ticketId);
        acknowledgedAt.set(String(ticketId), Date.now());
      })(),
    );
  }
  await Promise.all(pending);
  const usage = stop();
  const tickets = [...acknowledgedAt.keys()].map(Number);
  await until(async () => (await written(stage, UNITS.quiet, tickets)).length === tickets.length);
  const late = (await written(stage, UNITS.quiet, tickets)).map(
    ({ ticket, at }) => at.getTime() - (acknowledgedAt.get(ticket) ?? NaN),
  );
  if (late.length !== tickets.length) throw new Error(`${tickets.length - late.length} entries never came`);
  return {
    ...{
      id: 'webhook-to-kimai',
      what: `a quiet ticket in Kimai after it, p95 at ${QUIET.aSecond}/s`,
      unit: 'ms',
    },
    ...{ goal: { atMost: 500 }, values: [percentile(late, 0.95)], usage },
    note: `p50 ${percentile(late, 0.5).toFixed(0)} ms over ${late.length} tickets`,
  };
}

async function oneTicket(stage: Stage): Promise<Finding> {
  await stage.systems.clearTally();
  await stream(stage, ONE_TICKET, () => 1);
  await sleep(7_000); // longer than the time in which further changes are gathered
  return {
    ...{
      id: 'webhook-one-ticket',
      what: `${ONE_TICKET.count} webhooks of one ticket within 10 s`,
      unit: 'syncs',
    },
    ...{ goal: { atMost: 4 }, values: [await syncs(stage)] },
  };
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const [stormSeconds, quietSeconds] = quick ? [2, 5] : [STORM.seconds, QUIET.seconds];
  const tickets = stormTickets(stormSeconds) + QUIET.aSecond * quietSeconds + 1;
  const installation = await startInstallation();
  const systems = await startSystems({ entries: tickets * ENTRIES_A_TICKET, kimai: 'same' });
  try {
    const bridge = await connectBridge(installation, systems, 'webhooks');
    say(`linking ${tickets * ENTRIES_A_TICKET} entries on ${tickets} tickets`);
    await runBridge(installation, bridge.id);
    const stage: Stage = { installation, systems, bridge };
    const one = await oneTicket(stage);
    const quiet = await quietTickets(stage, quietSeconds, stormTickets(stormSeconds) + 1);
    return [...(await storm(stage, stormSeconds, say)), quiet, one];
  } finally {
    await systems.stop();
    await installation.stop();
  }
}

export const webhooksRow: BenchRow = { name: 'webhooks', run: measured };
