import { workflowIds } from '../workflows/messages.js';
import type { ApiSettings } from './deps.js';

/** Pages of the other systems, for people. */
export const ticketUrl = (webUrl: string, ticketId: string): string => `${webUrl}/#ticket/zoom/${ticketId}`;

export const timesheetUrl = (webUrl: string, language: string, timesheetId: string): string =>
  `${webUrl}/${language}/timesheet/${timesheetId}/edit`;

/** A process in Temporal's own pages; null when nobody said where they are. */
export function workflowUrl(settings: ApiSettings, workflowId: string): string | null {
  if (settings.temporalUiUrl === null) return null;
  const namespace = encodeURIComponent(settings.temporalNamespace);
  return `${settings.temporalUiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;
}

export const conflictWorkflowUrl = (settings: ApiSettings, conflictId: string): string | null =>
  workflowUrl(settings, workflowIds.conflict(conflictId));
