import { affected, type Session } from '../sql.js';

/** How long something is kept, in days. The books themselves (entries, timesheets, links, ledger, decisions) stay. */
export type Retention = {
  /** Traces of what passed: webhook deliveries, messages that went out, ended log-ins, questions that were asked. */
  readonly traceDays: number;
  /** Personal values of the audit trail; that something happened, and the proof of it, stay for good. */
  readonly detailDays: number;
};

const expired = (days: string): string => `now() - make_interval(days => ${days})`;

/*
 * Each statement takes one page. A delivery that no process was told of is never a trace: it is a queue.
 * $1: days, $2: page.
 */
const PAGES = {
  deliveries: `delete from webhook_deliveries where id in (
    select id from webhook_deliveries where signalled_at is not null and received_at < ${expired('$1::int')}
    order by id limit $2) returning 1`,
  messages: `delete from alert_messages where id in (
    select id from alert_messages where created_at < ${expired('$1::int')}
      and (sent_at is not null or given_up_at is not null) limit $2) returning 1`,
  notifications: `delete from notifications where id in (
    select id from notifications where sent_at < ${expired('$1::int')} order by id limit $2) returning 1`,
  sessions: `delete from sessions where id in (
    select id from sessions where least(expires_at, revoked_at) < ${expired('$1::int')} limit $2) returning 1`,
  loginLinks: `delete from login_links where hash in (
    select hash from login_links where expires_at < ${expired('$1::int')} limit $2) returning 1`,
  questions: `delete from questions where id in (
    select id from questions where created_at < ${expired('$1::int')} limit $2) returning 1`,
  checks: `delete from connector_checks where id in (
    select id from connector_checks where checked_at < ${expired('$1::int')} limit $2) returning 1`,
  details: `delete from audit_details where audit_id in (
    select d.audit_id from audit_details d join audit_logs l on l.id = d.audit_id
    where l.at < ${expired('$1::int')} and l.sequence is not null order by d.audit_id limit $2) returning 1`,
} as const;

export type Forgotten = Readonly<Record<keyof typeof PAGES, number>>;

/** Forgets one page of each kind of what is past its time; `more` when a page was full. */
export async function forgetPage(
  session: Session,
  { traceDays, detailDays }: Retention,
  pageSize: number,
): Promise<{ readonly forgotten: Forgotten; readonly more: boolean }> {
  const page = (kind: keyof typeof PAGES, days: number): Promise<number> =>
    affected(session, PAGES[kind], [days, pageSize]);
  const forgotten = {
    deliveries: await page('deliveries', traceDays),
    messages: await page('messages', traceDays),
    notifications: await page('notifications', traceDays),
    sessions: await page('sessions', traceDays),
    loginLinks: await page('loginLinks', traceDays),
    questions: await page('questions', traceDays),
    checks: await page('checks', traceDays),
    details: await page('details', detailDays),
  };
  return { forgotten, more: Object.values(forgotten).some((count) => count >= pageSize) };
}
