import type { AnyContract } from './contract.js';
import { createApiToken } from './api-tokens/create-api-token.contract.js';
import { listApiTokens } from './api-tokens/list-api-tokens.contract.js';
import { revokeApiToken } from './api-tokens/revoke-api-token.contract.js';
import { createBridge } from './bridges/create-bridge.contract.js';
import { listBridges } from './bridges/list-bridges.contract.js';
import { readBridge } from './bridges/read-bridge.contract.js';
import { readPreview } from './bridges/read-preview.contract.js';
import { installWebhook } from './bridges/install-webhook.contract.js';
import { rotateWebhookSecret } from './bridges/rotate-webhook-secret.contract.js';
import { reapply } from './bridges/reapply.contract.js';
import { startPreview } from './bridges/start-preview.contract.js';
import { updateBridge } from './bridges/update-bridge.contract.js';
import { decideBulk } from './bulk/decide-bulk.contract.js';
import { previewBulk } from './bulk/preview-bulk.contract.js';
import { readBulk } from './bulk/read-bulk.contract.js';
import { withdrawBulk } from './bulk/withdraw-bulk.contract.js';
import { assignConflict } from './conflicts/assign-conflict.contract.js';
import { askAgent } from './conflicts/ask-agent.contract.js';
import { commentConflict } from './conflicts/comment-conflict.contract.js';
import { decideConflict } from './conflicts/decide-conflict.contract.js';
import { proposeDecision } from './conflicts/propose-decision.contract.js';
import { countArrivals } from './conflicts/count-arrivals.contract.js';
import { groupConflicts } from './conflicts/group-conflicts.contract.js';
import { listConflicts } from './conflicts/list-conflicts.contract.js';
import { readConflict } from './conflicts/read-conflict.contract.js';
import { snoozeConflict } from './conflicts/snooze-conflict.contract.js';
import { withdrawDecision } from './conflicts/withdraw-decision.contract.js';
import { checkConnector } from './connectors/check-connector.contract.js';
import { createConnector } from './connectors/create-connector.contract.js';
import { listConnectorKinds } from './connectors/list-connector-kinds.contract.js';
import { listConnectors } from './connectors/list-connectors.contract.js';
import { readConnector } from './connectors/read-connector.contract.js';
import { setConnectorToken } from './connectors/set-token.contract.js';
import { updateConnector } from './connectors/update-connector.contract.js';
import { explainEntry, listEntries } from './entries/explain-entry.contract.js';
import { streamEvents } from './events/stream-events.contract.js';
import { listMappings } from './mappings/list-mappings.contract.js';
import { listTargets } from './mappings/list-targets.contract.js';
import { setMapping } from './mappings/set-mapping.contract.js';
import { setMappings } from './mappings/set-mappings.contract.js';
import { backtestRule } from './rules/backtest-rule.contract.js';
import { listRules } from './rules/list-rules.contract.js';
import { replaceRules } from './rules/replace-rules.contract.js';
import { listStandings } from './entries/list-standings.contract.js';
import { readOverview } from './overview/read-overview.contract.js';
import { listRunWrites } from './runs/list-run-writes.contract.js';
import { listRuns } from './runs/list-runs.contract.js';
import { readRun } from './runs/read-run.contract.js';
import { startRun } from './runs/start-run.contract.js';
import { stopRun } from './runs/stop-run.contract.js';
import { createSavedView } from './saved-views/create-saved-view.contract.js';
import { deleteSavedView } from './saved-views/delete-saved-view.contract.js';
import { listSavedViews } from './saved-views/list-saved-views.contract.js';
import { firstLogin } from './session/first-login.contract.js';
import { login } from './session/login.contract.js';
import { logout } from './session/logout.contract.js';
import { readLoginLink } from './session/read-login-link.contract.js';
import { readMe } from './session/read-me.contract.js';
import { refreshSession } from './session/refresh-session.contract.js';
import { updateMe } from './session/update-me.contract.js';
import { listAlerts, testAlerts } from './system/alerts.contract.js';
import { listAudit } from './system/list-audit.contract.js';
import { confirmInstallation } from './system/confirm-installation.contract.js';
import { resealSecrets } from './system/rotate-keys.contract.js';
import { readStatus } from './system/read-status.contract.js';
import { createUserLoginLink } from './users/create-login-link.contract.js';
import { readUndo } from './undo/read-undo.contract.js';
import { undoBulk } from './undo/undo-bulk.contract.js';
import { undoDecision } from './undo/undo-decision.contract.js';
import { undoRun } from './undo/undo-run.contract.js';
import { inviteUser } from './users/invite-user.contract.js';
import { listColleagues } from './users/list-colleagues.contract.js';
import { listUsers } from './users/list-users.contract.js';
import { updateUser } from './users/update-user.contract.js';
import { receiveZammad } from './webhooks/receive-zammad.contract.js';

/** Every endpoint there is: what the OpenAPI document, and the tests that look at all of them, walk over. */
export const allContracts: readonly AnyContract[] = [
  createApiToken,
  listApiTokens,
  revokeApiToken,
  createBridge,
  listBridges,
  readBridge,
  rotateWebhookSecret,
  installWebhook,
  updateBridge,
  startPreview,
  reapply,
  readPreview,
  decideBulk,
  previewBulk,
  readBulk,
  withdrawBulk,
  undoDecision,
  undoBulk,
  undoRun,
  readUndo,
  assignConflict,
  askAgent,
  commentConflict,
  decideConflict,
  groupConflicts,
  countArrivals,
  proposeDecision,
  listConflicts,
  readConflict,
  snoozeConflict,
  withdrawDecision,
  checkConnector,
  createConnector,
  listConnectorKinds,
  listConnectors,
  readConnector,
  setConnectorToken,
  updateConnector,
  listEntries,
  listStandings,
  explainEntry,
  streamEvents,
  listMappings,
  listTargets,
  setMapping,
  setMappings,
  backtestRule,
  listRules,
  replaceRules,
  readOverview,
  listRuns,
  listRunWrites,
  readRun,
  startRun,
  stopRun,
  createSavedView,
  deleteSavedView,
  listSavedViews,
  firstLogin,
  login,
  logout,
  readLoginLink,
  readMe,
  refreshSession,
  updateMe,
  listAlerts,
  testAlerts,
  listAudit,
  readStatus,
  resealSecrets,
  confirmInstallation,
  createUserLoginLink,
  inviteUser,
  listColleagues,
  listUsers,
  updateUser,
  receiveZammad,
];
