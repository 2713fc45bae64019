import {
  claimAlertMessages,
  noteAlertFailed,
  noteAlertSent,
  type AlertMessage,
} from '../../db/stores/alert-messages.js';
import type { ActivityDeps } from '../deps.js';
import { AlertRefused } from './channel.js';
import { outgoing } from './outgoing.js';

const MESSAGES_A_PAGE = 20;
/** Longer than a page of messages may take to go out. */
const LEASE_SECONDS = 900;
const FIRST_RETRY_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 3_600;
/** Then it is given up, visibly: after about two days. */
const MOST_ATTEMPTS = 50;

/** One page of messages, each for itself: a receiver that is down keeps none of the others from going out. */
export async function sendAlerts(
  deps: ActivityDeps,
): Promise<{ readonly sent: number; readonly more: boolean }> {
  const session = { db: deps.db, tx: null };
  const page = await claimAlertMessages(session, MESSAGES_A_PAGE, LEASE_SECONDS);
  let sent = 0;
  for (const message of page) {
    const failure = await sendOne(deps, message);
    if (failure === null) await noteAlertSent(session, message.id);
    else await noteAlertFailed(session, message.id, failure.error, failure.retryInSeconds);
    sent += failure === null ? 1 : 0;
    deps.heartbeat({ message: message.id });
  }
  return { sent, more: page.length === MESSAGES_A_PAGE };
}

type Failure = { readonly error: string; readonly retryInSeconds: number | null };

async function sendOne({ alerts }: ActivityDeps, message: AlertMessage): Promise<Failure | null> {
  const channel = alerts.channels.find(({ name }) => name === message.channel);
  const alert = outgoing(message, alerts);
  if (!channel) return { error: 'this channel is no longer set up', retryInSeconds: null };
  if (!alert) return { error: `nothing is known of messages "${message.kind}"`, retryInSeconds: null };
  try {
    await channel.send(alert);
    return null;
  } catch (cause) {
    const final = cause instanceof AlertRefused || message.attempts >= MOST_ATTEMPTS;
    const error = cause instanceof Error ? cause.message : String(cause);
    return { error, retryInSeconds: final ? null : retryInSeconds(message.attempts) };
  }
}

/** Doubles from a minute to an hour. */
export const retryInSeconds = (attempts: number): number =>
  Math.min(FIRST_RETRY_SECONDS * 2 ** Math.min(attempts - 1, 10), LONGEST_RETRY_SECONDS);
