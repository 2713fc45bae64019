import { composeAlerts } from './alerts/compose.js';
import { sendAlerts } from './alerts/send.js';
import { bulkActivities } from './bulk.js';
import { undoActivities } from './undo.js';
import { applyPlan } from './apply-plan.js';
import { askAgent, noteUnasked } from './ask-agent.js';
import {
  assignConflict,
  openConflicts,
  readConflict,
  remindOfConflict,
  snoozeConflict,
} from './conflicts.js';
import type { Activities } from './contract.js';
import { planDecision, recordDecision, settleDecision, withdrawDecision } from './decisions.js';
import type { ActivityDeps } from './deps.js';
import { fetchSource } from './fetch-source.js';
import { fetchCatalogues, fetchTarget } from './fetch-target.js';
import { fetchTicket } from './fetch-ticket.js';
import { guardRun } from './guard-run.js';
import { installWebhook } from './install-webhook.js';
import { bridgesOf, checkConnector, pauseConnector, probeConnector } from './health.js';
import { beginPreview, failPreview, planPreview } from './preview.js';
import { reconcile } from './reconcile.js';
import { resealTokens } from './reseal-tokens.js';
import { forgetOld } from './retention.js';
import { beginRun, enterPhase, finishRun } from './runs.js';

/** All activities, made from what they need; the worker registers them under these names. */
export const createActivities = (deps: ActivityDeps): Activities => ({
  ...bulkActivities(deps),
  ...undoActivities(deps),
  composeAlerts: () => composeAlerts(deps),
  sendAlerts: () => sendAlerts(deps),
  beginRun: (input) => beginRun(deps, input),
  fetchSource: (input) => fetchSource(deps, input),
  fetchTarget: (input) => fetchTarget(deps, input),
  fetchCatalogues: (input) => fetchCatalogues(deps, input),
  fetchTicket: (input) => fetchTicket(deps, input),
  reconcile: (input) => reconcile(deps, input),
  guardRun: (input) => guardRun(deps, input),
  applyPlan: (input) => applyPlan(deps, input),
  finishRun: (input) => finishRun(deps, input),
  setRunPhase: (input) => enterPhase(deps, input),
  openConflicts: (input) => openConflicts(deps, input),
  recordDecision: (input) => recordDecision(deps, input),
  withdrawDecision: (input) => withdrawDecision(deps, input),
  planDecision: (input) => planDecision(deps, input),
  settleDecision: (input) => settleDecision(deps, input),
  readConflict: (input) => readConflict(deps, input),
  snoozeConflict: (input) => snoozeConflict(deps, input),
  assignConflict: (input) => assignConflict(deps, input),
  askAgent: (input) => askAgent(deps, input),
  noteUnasked: (input) => noteUnasked(deps, input),
  remindOfConflict: (input) => remindOfConflict(deps, input),
  pauseConnector: (input) => pauseConnector(deps, input),
  probeConnector: (input) => probeConnector(deps, input),
  bridgesOf: (input) => bridgesOf(deps, input),
  checkConnector: (input) => checkConnector(deps, input),
  installWebhook: (input) => installWebhook(deps, input),
  beginPreview: (input) => beginPreview(deps, input),
  planPreview: (input) => planPreview(deps, input),
  failPreview: (input) => failPreview(deps, input),
  forgetOld: () => forgetOld(deps),
  resealTokens: () => resealTokens(deps),
});
