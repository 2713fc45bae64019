import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

type OfRun = { readonly bridgeId: string; readonly runId: string };

/** What people may be told of, unasked. */
export type News =
  | {
      readonly kind: 'connector_stopped' | 'connector_resumed';
      readonly facts: { readonly connectorId: string };
    }
  /** Something that a run found and that did not stop it. */
  | { readonly kind: 'run_warning'; readonly facts: OfRun & Reason }
  | {
      readonly kind: 'sum_broken';
      readonly facts: OfRun & { readonly brokenSeconds: number; readonly months: readonly string[] };
    }
  | {
      readonly kind: 'conflict_waits';
      readonly facts: { readonly conflictId: string; readonly reminders: number };
    }
  /** Somebody wants to see whether messages arrive. */
  | { readonly kind: 'alert_test'; readonly facts: { readonly by: string } };

/** Told: it became a message for each channel. Over: it was no longer true when its time came. */
export type NotificationOutcome = 'told' | 'over' | 'no_channel';

export type Notification = News & { readonly id: string; readonly createdAt: Date };

/** Keeps something that people are to be told of, in the transaction of what happened; due after `delaySeconds`. */
export async function storeNotification(
  session: Session,
  { kind, facts }: News,
  delaySeconds = 0,
): Promise<void> {
  await rows(
    session,
    `insert into notifications (kind, facts, due_at) values ($1, $2::jsonb, now() + make_interval(secs => $3)) returning 1`,
    [kind, JSON.stringify(facts), delaySeconds],
  );
}

/** Due and not yet told, the oldest first; locked for the transaction, those that another worker holds left out. */
export const lockDueNotifications = (session: Session, limit: number): Promise<Notification[]> =>
  rows<Notification>(
    session,
    `select id, kind, facts, created_at as "createdAt" from notifications
     where sent_at is null and due_at <= now() order by id limit $1 for update skip locked`,
    [limit],
  );

export async function settleNotifications(
  session: Session,
  ids: readonly string[],
  outcome: NotificationOutcome,
): Promise<void> {
  if (ids.length === 0) return;
  await rows(
    session,
    'update notifications set sent_at = now(), outcome = $2 where id = any($1::bigint[]) returning 1',
    [[...ids], outcome],
  );
}

/** They stay untold until then. */
export async function deferNotifications(
  session: Session,
  ids: readonly string[],
  until: Date,
): Promise<void> {
  await rows(session, 'update notifications set due_at = $2 where id = any($1::bigint[]) returning 1', [
    [...ids],
    until.toISOString(),
  ]);
}

/** Whether people were told of the newest stop of a connector, before the given notification. */
export async function wasStopTold(session: Session, connectorId: string, beforeId: string): Promise<boolean> {
  const found = await row<{ outcome: string | null }>(
    session,
    `select outcome from notifications where kind = 'connector_stopped' and facts ->> 'connectorId' = $1
       and id < $2::bigint order by id desc limit 1`,
    [connectorId, beforeId],
  );
  return found?.outcome === 'told';
}
