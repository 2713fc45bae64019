import { inTransaction, type Session } from '../../db/sql.js';
import {
  lastToldOf,
  overdueCases,
  storeAlertMessages,
  type AlertContent,
} from '../../db/stores/alert-messages.js';
import { findBridge } from '../../db/stores/bridges.js';
import { findConnector } from '../../db/stores/connectors.js';
import { peopleOnDuty } from '../../db/stores/duty.js';
import {
  deferNotifications,
  lockDueNotifications,
  settleNotifications,
  wasStopTold,
  type Notification,
} from '../../db/stores/notifications.js';
import type { AlertKind } from '../../words/alerts.js';
import type { ActivityDeps } from '../deps.js';

const NOTIFICATIONS_A_PAGE = 200;
const DAY_MS = 86_400_000;

/** What one notification comes to: something to say, nothing any more, or not yet. */
type Finding =
  | { readonly is: 'said'; readonly kind: AlertKind; readonly content: AlertContent }
  | { readonly is: 'over' }
  | { readonly is: 'later'; readonly until: Date };

const OVER: Finding = { is: 'over' };

const said = (kind: AlertKind, content: AlertContent): Finding => ({ is: 'said', kind, content });

/**
 * Turns what is due into messages, one for each channel; what is no longer true when its time comes is let go. In one
 * transaction: a crash tells nobody twice.
 */
export const composeAlerts = (deps: ActivityDeps): Promise<{ readonly more: boolean }> =>
  inTransaction(deps.db, async (session) => {
    const due = await lockDueNotifications(session, NOTIFICATIONS_A_PAGE);
    const waiting = due.filter(({ kind }) => kind === 'conflict_waits');
    for (const one of due)
      if (one.kind !== 'conflict_waits') await settle(deps, session, [one], await findingOf(session, one));
    if (waiting.length > 0) await settle(deps, session, waiting, await overdue(deps, session));
    return { more: due.length === NOTIFICATIONS_A_PAGE };
  });

async function settle(
  { alerts }: ActivityDeps,
  session: Session,
  about: readonly Notification[],
  finding: Finding,
): Promise<void> {
  const ids = about.map(({ id }) => id);
  if (finding.is === 'later') return deferNotifications(session, ids, finding.until);
  if (finding.is === 'over') return settleNotifications(session, ids, 'over');
  const channels = alerts.channels.map(({ name }) => name);
  await storeAlertMessages(session, channels, finding.kind, finding.content);
  await settleNotifications(session, ids, channels.length > 0 ? 'told' : 'no_channel');
}

async function findingOf(
  session: Session,
  one: Exclude<Notification, { kind: 'conflict_waits' }>,
): Promise<Finding> {
  switch (one.kind) {
    case 'connector_stopped':
      return stopped(session, one.facts.connectorId);
    case 'connector_resumed':
      return resumed(session, one.facts.connectorId, one);
    case 'run_warning': {
      const { bridgeId, runId, code, facts } = one.facts;
      return ofRun(session, 'run_warning', { bridgeId, runId }, { facts, reason: { code, facts } });
    }
    case 'sum_broken': {
      const { bridgeId, runId, ...facts } = one.facts;
      return ofRun(session, 'sum_broken', { bridgeId, runId }, { facts });
    }
    case 'alert_test':
      return said('alert_test', { facts: one.facts, path: '/' });
  }
}

/** Told only while it lasts: a connector that answered again within moments is no news. */
async function stopped(session: Session, connectorId: string): Promise<Finding> {
  const connector = await findConnector(session, connectorId);
  if (!connector?.healthCause) return OVER;
  const { name, healthCause, healthSince, timeZone } = connector;
  const facts = { system: name, sinceAt: healthSince.toISOString() };
  const reason = { code: healthCause.code, facts: { ...facts, ...healthCause.facts } };
  return said('connector_stopped', { facts, reason, timeZone, path: `/connectors/${connectorId}` });
}

/** The all-clear goes to those who heard of the stop. */
async function resumed(
  session: Session,
  connectorId: string,
  { id, createdAt }: Notification,
): Promise<Finding> {
  const connector = await findConnector(session, connectorId);
  if (!connector || !(await wasStopTold(session, connectorId, id))) return OVER;
  const { name, timeZone } = connector;
  const facts = { system: name, sinceAt: createdAt.toISOString() };
  return said('connector_resumed', { facts, timeZone, path: `/connectors/${connectorId}` });
}

async function ofRun(
  session: Session,
  kind: 'run_warning' | 'sum_broken',
  { bridgeId, runId }: { readonly bridgeId: string; readonly runId: string },
  content: Pick<AlertContent, 'facts' | 'reason'>,
): Promise<Finding> {
  const bridge = await findBridge(session, bridgeId);
  if (!bridge) return OVER;
  const facts = { ...content.facts, bridge: bridge.name };
  return said(kind, { ...content, facts, path: `/runs/${runId}` });
}

/** All cases that wait too long are one message, and at most one a day. */
async function overdue(deps: ActivityDeps, session: Session): Promise<Finding> {
  const now = deps.now().getTime();
  const last = await lastToldOf(session, 'approvals_overdue');
  if (last !== null && last.getTime() > now - DAY_MS)
    return { is: 'later', until: new Date(last.getTime() + DAY_MS) };
  const { count, seconds, oldestAt, unassignedIn } = await overdueCases(session, new Date(now - DAY_MS));
  if (count === 0 || oldestAt === null) return OVER;
  const onDuty = await namesOnDuty(session, deps.now(), unassignedIn);
  const facts = { caseCount: count, seconds, oldestAt: oldestAt.toISOString() };
  return said('approvals_overdue', {
    facts: { ...facts, ...(onDuty.length > 0 && { onDuty }) },
    path: '/inbox?sort=age',
  });
}

/** Whose turn it is in these bridges, each once. */
async function namesOnDuty(session: Session, at: Date, bridgeIds: readonly string[]): Promise<string[]> {
  const onDuty = (await peopleOnDuty(session, at)).filter(({ bridgeId }) => bridgeIds.includes(bridgeId));
  return [...new Map(onDuty.map(({ person }) => [person.id, person.name])).values()];
}
