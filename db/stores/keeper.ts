import pg from 'pg';
import { row, rows, type Session } from '../sql.js';

const KEEPER_LOCK = 4_207_310_003;

/** Takes the advisory lock of the keeper on a session of its own; null when another worker has it. */
export async function tryKeeperLock(databaseUrl: string): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'timebridge-keeper' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows: got } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
    KEEPER_LOCK,
  ]);
  if (got[0]?.got === true) return () => client.end();
  await client.end();
  return null;
}

export type ScheduleRow = {
  readonly bridgeId: string;
  readonly cron: string | null;
  readonly nightlyCron: string | null;
  readonly timeZone: string;
  readonly paused: boolean;
};

/** Every bridge with its schedule; one that is off or paused has a paused schedule. */
export const listSchedules = (session: Session): Promise<ScheduleRow[]> =>
  rows<ScheduleRow>(
    session,
    `select id as "bridgeId", schedule ->> 'cron' as cron, schedule ->> 'nightlyCron' as "nightlyCron",
       coalesce(schedule ->> 'timeZone', 'Europe/Berlin') as "timeZone",
       coalesce((schedule ->> 'paused')::boolean, false) or mode = 'off' or paused_cause is not null as paused
     from bridges order by id`,
  );

/** Bridges whose open cases have a process: one that is off keeps those that it has, and gets no new ones. */
export async function listLiveBridges(session: Session): Promise<string[]> {
  const found = await rows<{ id: string }>(session, `select id from bridges where mode = 'live' order by id`);
  return found.map(({ id }) => id);
}

const LIVE_AND_OPEN = `c.state <> 'closed' and exists (select 1 from bridges b where b.id = c.bridge_id and b.mode = 'live')`;

export async function countOpenConflicts(session: Session): Promise<number> {
  const found = await row<{ open: string }>(
    session,
    `select count(*) as open from conflicts c where ${LIVE_AND_OPEN}`,
  );
  return Number(found?.open ?? 0);
}

/** Open cases in the order of their ids, those after `afterId`. */
export const listOpenConflicts = (session: Session, afterId: string | null, limit: number) =>
  rows<{
    conflictId: string;
    bridgeId: string;
    ticketId: string | null;
    kind: string;
    ticketNumber: string | null;
  }>(
    session,
    `select c.id as "conflictId", c.bridge_id as "bridgeId", c.ticket_id as "ticketId", c.kind,
       c.ticket_number as "ticketNumber"
     from conflicts c where ${LIVE_AND_OPEN} and c.id > coalesce($1::bigint, 0) order by c.id limit $2`,
    [afterId, limit],
  );

/** A storm is over when nothing came for the first time; a run does not wait longer than the second for that. */
const STORM_SECONDS = { calm: 3, most: 30 } as const;

/**
 * Bridges of which more tickets than this wait, with whether a run of theirs should read them now: not while they are
 * paused or their source is, and not in the middle of the storm. One that is off is not among them.
 */
export const listCrowdedBridges = (session: Session, moreThan: number) =>
  rows<{ bridgeId: string; mayRun: boolean }>(
    session,
    `select b.id as "bridgeId", b.paused_cause is null and s.health <> 'paused'
       and (w.newest < now() - make_interval(secs => $2) or w.oldest < now() - make_interval(secs => $3)) as "mayRun"
     from (select bridge_id, count(distinct ticket_id) as tickets, min(received_at) as oldest, max(received_at) as newest
       from webhook_deliveries where signalled_at is null group by bridge_id) w
     join bridges b on b.id = w.bridge_id join connectors s on s.id = b.source_connector_id
     where b.mode <> 'off' and w.tickets > $1 order by b.id`,
    [moreThan, STORM_SECONDS.calm, STORM_SECONDS.most],
  );

/** Deliveries that no process was told of, oldest first, without those of some bridges. */
export const listUnsignalled = (session: Session, limit: number, without: readonly string[]) =>
  rows<{ id: string; bridgeId: string; ticketId: string }>(
    session,
    `select id, bridge_id as "bridgeId", ticket_id as "ticketId" from webhook_deliveries
     where signalled_at is null and received_at < now() - interval '3 seconds' and bridge_id <> all($2::text[])
     order by id limit $1`,
    [limit, [...without]],
  );

export async function listPausedConnectors(session: Session): Promise<string[]> {
  const found = await rows<{ id: string }>(
    session,
    `select id from connectors where health = 'paused' order by id`,
  );
  return found.map((r) => r.id);
}
