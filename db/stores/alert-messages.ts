import type { Fact, Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';
import { VIEW_CONDITIONS } from './inbox-filter.js';

export type AlertChannelName = 'mail' | 'webhook';

/** What a message says. Its text is made when it is sent. */
export type AlertContent = {
  readonly facts: Readonly<Record<string, Fact>>;
  /** What it is about, where that has a sentence of its own. */
  readonly reason?: Reason;
  /** IANA, for times of day. */
  readonly timeZone?: string;
  /** Where to look, below the public address. */
  readonly path: string;
};

/** One message for one channel. */
export type AlertMessage = {
  readonly id: string;
  readonly channel: AlertChannelName;
  readonly kind: string;
  readonly content: AlertContent;
  readonly createdAt: Date;
  readonly attempts: number;
};

export async function storeAlertMessages(
  session: Session,
  channels: readonly AlertChannelName[],
  kind: string,
  content: AlertContent,
): Promise<void> {
  await rows(
    session,
    `insert into alert_messages (channel, kind, content) select c, $2, $3::jsonb from unnest($1::text[]) as c returning id`,
    [[...channels], kind, JSON.stringify(content)],
  );
}

/** Takes due messages for `leaseSeconds`: who dies meanwhile leaves them to be sent again, under the same id. */
export const claimAlertMessages = (
  session: Session,
  limit: number,
  leaseSeconds: number,
): Promise<AlertMessage[]> =>
  rows<AlertMessage>(
    session,
    `update alert_messages m set attempts = m.attempts + 1, next_try_at = now() + make_interval(secs => $2)
     from (select id from alert_messages where sent_at is null and given_up_at is null and next_try_at <= now()
           order by created_at limit $1 for update skip locked) due
     where m.id = due.id
     returning m.id, m.channel, m.kind, m.content, m.created_at as "createdAt", m.attempts`,
    [limit, leaseSeconds],
  );

export async function noteAlertSent(session: Session, id: string): Promise<void> {
  await rows(
    session,
    'update alert_messages set sent_at = now(), last_error = null where id = $1 returning 1',
    [id],
  );
}

/** `retryInSeconds` null: given up, visibly. */
export async function noteAlertFailed(
  session: Session,
  id: string,
  error: string,
  retryInSeconds: number | null,
): Promise<void> {
  await rows(
    session,
    `update alert_messages set last_error = $2, next_try_at = now() + make_interval(secs => coalesce($3::int, 0)),
       given_up_at = case when $3::int is null then now() end where id = $1 returning 1`,
    [id, error, retryInSeconds],
  );
}

/** Whether anything is due: something to tell, or a message to send. */
export async function alertsAreDue(session: Session): Promise<boolean> {
  const found = await row<{ due: boolean }>(
    session,
    `select exists (select 1 from notifications where sent_at is null and due_at <= now())
       or exists (select 1 from alert_messages
                  where sent_at is null and given_up_at is null and next_try_at <= now()) as due`,
  );
  return found?.due ?? false;
}

/** When people were last told of one kind; null when never. */
export async function lastToldOf(session: Session, kind: string): Promise<Date | null> {
  const found = await row<{ at: Date | null }>(
    session,
    'select max(created_at) as at from alert_messages where kind = $1',
    [kind],
  );
  return found?.at ?? null;
}

export type OverdueCases = {
  readonly count: number;
  readonly seconds: number;
  readonly oldestAt: Date | null;
  /** Bridges with such cases that are assigned to nobody. */
  readonly unassignedIn: readonly string[];
};

/** Questions that have waited since before an instant and that nobody has put to sleep. */
export async function overdueCases(session: Session, openedBefore: Date): Promise<OverdueCases> {
  const found = await row<OverdueCases>(
    session,
    `select count(*)::int as count, coalesce(sum(abs(c.seconds_at_stake)), 0)::float8 as seconds,
       min(c.opened_at) as "oldestAt",
       coalesce(array_agg(distinct c.bridge_id) filter (where c.assignee_id is null), '{}') as "unassignedIn" from conflicts c join bridges b on b.id = c.bridge_id and b.mode = 'live'
     where ${VIEW_CONDITIONS.open} and c.opened_at < $1`,
    [openedBefore.toISOString()],
  );
  return found ?? { count: 0, seconds: 0, oldestAt: null, unassignedIn: [] };
}

export type AlertLine = AlertMessage & {
  readonly nextTryAt: Date;
  readonly lastError: string | null;
  readonly sentAt: Date | null;
  readonly givenUpAt: Date | null;
};

/** The newest messages and what became of them. */
export const listAlertMessages = (session: Session, limit: number): Promise<AlertLine[]> =>
  rows<AlertLine>(
    session,
    `select id, channel, kind, content, created_at as "createdAt", attempts, next_try_at as "nextTryAt",
       last_error as "lastError", sent_at as "sentAt", given_up_at as "givenUpAt"
     from alert_messages order by created_at desc, id limit $1`,
    [limit],
  );
