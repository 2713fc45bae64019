import type { AlertMessage } from '../../db/stores/alert-messages.js';
import { isAlertKind, sayAlert } from '../../words/alerts.js';
import type { Alerting, OutgoingAlert } from './channel.js';

/** The text of a kept message, in the language of the installation; null when its kind is of a newer version. */
export function outgoing(
  { id, kind, createdAt, content }: AlertMessage,
  { language, publicUrl }: Alerting,
): OutgoingAlert | null {
  if (!isAlertKind(kind)) return null;
  const { path, ...alert } = content;
  const url = publicUrl + path;
  return { id, kind, createdAt, url, facts: alert.facts, ...sayAlert({ ...alert, kind, url }, language) };
}
