import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/contract.js';
import { profiles } from './activity-profiles.js';

/* Every activity with its profile, and the words under which it stands in the Temporal UI. */

const { database, reconciliation, answer, closing, remoteRead, remoteWrite, note, probe, check, messages } =
  profiles;

const proxy = <K extends keyof Activities>(
  name: K,
  profile: (typeof profiles)[keyof typeof profiles],
  summary: string,
): ReturnType<typeof proxyActivities<Pick<Activities, K>>>[K] =>
  proxyActivities<Pick<Activities, K>>({ ...profile, summary })[name];

export const beginRun = proxy('beginRun', database, 'Open the run');
export const setRunPhase = proxy('setRunPhase', database, 'Note how far the run is');
export const fetchCatalogues = proxy('fetchCatalogues', remoteRead, 'Read people, activities and projects');
export const fetchTarget = proxy('fetchTarget', remoteRead, 'Read timesheets from the target');
export const fetchSource = proxy('fetchSource', remoteRead, 'Read time entries from the source');
export const fetchTicket = proxy(
  'fetchTicket',
  remoteRead,
  'Read the ticket, its entries and its timesheets',
);
export const reconcile = proxy('reconcile', reconciliation, 'Compare both books, one page of tickets');
export const guardRun = proxy('guardRun', database, 'Count updates and deletions against the guard');
export const applyPlan = proxy('applyPlan', remoteWrite, 'Write one page of the plan to the target');
export const finishRun = proxy('finishRun', closing, 'Prove the sums and close the run');
export const openConflicts = proxy('openConflicts', database, 'Start a process for each new question');

export const recordDecision = proxy('recordDecision', answer, 'Record the decision');
export const withdrawDecision = proxy('withdrawDecision', answer, 'Withdraw the decision');
export const planDecision = proxy(
  'planDecision',
  reconciliation,
  'Check the facts again and plan the decision',
);
export const settleDecision = proxy('settleDecision', database, 'Close the case, or open it again');
export const readConflict = proxy('readConflict', database, 'Read where the case stands');
export const snoozeConflict = proxy('snoozeConflict', database, 'Snooze the case');
export const assignConflict = proxy('assignConflict', database, 'Assign the case');
export const askAgent = proxy('askAgent', note, 'Ask the agent by a note in the ticket');
export const noteUnasked = proxy('noteUnasked', database, 'Note that the question is not in the ticket');
export const remindOfConflict = proxy('remindOfConflict', database, 'Remind people of the case');

export const pauseConnector = proxy('pauseConnector', database, 'Pause the connector');
export const probeConnector = proxy('probeConnector', probe, 'See whether the connector answers');
export const bridgesOf = proxy('bridgesOf', database, 'List the bridges that waited');
export const beginPreview = proxy('beginPreview', database, 'Note that a preview is under way');
export const planPreview = proxy('planPreview', remoteRead, 'Compare both books without keeping the plan');
export const failPreview = proxy('failPreview', database, 'Note why there is no preview');
export const resealTokens = proxy('resealTokens', database, 'Seal every token with the newest key');
export const checkConnector = proxy('checkConnector', check, 'Check address, token, rights and settings');

export const installWebhook = proxy('installWebhook', check, 'Make webhook and triggers in the source');

export const composeAlerts = proxy('composeAlerts', database, 'Make messages of what is due');
export const sendAlerts = proxy('sendAlerts', messages, 'Send due messages');

export const forgetOld = proxy('forgetOld', reconciliation, 'Forget a page of what is past its time');

export const readUndo = proxy('readUndo', database, 'Read where the undoing stands');
export const beginUndo = proxy('beginUndo', database, 'Begin the undoing');
export const planUndoPage = proxy(
  'planUndoPage',
  reconciliation,
  'Plan what is written back, one page of entries',
);
export const finishUndo = proxy('finishUndo', database, 'Close the undoing');

export const readBulk = proxy('readBulk', database, 'Read where the bulk decision stands');
export const recordBulkPage = proxy('recordBulkPage', database, 'Record a page of decisions');
export const startBulkGrace = proxy('startBulkGrace', database, 'Begin the one grace time');
export const withdrawBulk = proxy('withdrawBulk', answer, 'Take all decisions back');
export const planBulkPage = proxy('planBulkPage', reconciliation, 'Put a page of decisions in force');
export const settleBulkPage = proxy('settleBulkPage', database, 'Settle a page of cases');
export const finishBulk = proxy('finishBulk', database, 'Close the bulk decision');
