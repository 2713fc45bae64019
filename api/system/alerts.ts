import { listAlertMessages, type AlertLine } from '../../db/stores/alert-messages.js';
import { storeNotification } from '../../db/stores/notifications.js';
import { endpoint } from '../endpoint.js';
import { orUnavailable } from '../http/outage-problem.js';
import { iso, isoOrNull } from '../present.js';
import { listAlerts, testAlerts } from './alerts.contract.js';

export const listAlertsEndpoint = endpoint(listAlerts, async ({ db }, { query }) => ({
  items: (await listAlertMessages({ db, tx: null }, query.limit)).map(presentAlert),
}));

export const testAlertsEndpoint = endpoint(testAlerts, async ({ db, gateway }, { actor }) => {
  await storeNotification({ db, tx: null }, { kind: 'alert_test', facts: { by: actor.name } });
  await orUnavailable(gateway.startAlerts());
  return { accepted: true };
});

const presentAlert = ({ nextTryAt, ...line }: AlertLine) => ({
  id: line.id,
  channel: line.channel,
  kind: line.kind,
  createdAt: iso(line.createdAt),
  attempts: line.attempts,
  nextTryAt: line.sentAt === null && line.givenUpAt === null ? iso(nextTryAt) : null,
  lastError: line.lastError,
  sentAt: isoOrNull(line.sentAt),
  givenUpAt: isoOrNull(line.givenUpAt),
});
