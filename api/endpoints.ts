import { createApiTokenEndpoint } from './api-tokens/create-api-token.js';
import { listApiTokensEndpoint } from './api-tokens/list-api-tokens.js';
import { revokeApiTokenEndpoint } from './api-tokens/revoke-api-token.js';
import { createBridgeEndpoint } from './bridges/create-bridge.js';
import { listBridgesEndpoint } from './bridges/list-bridges.js';
import { readBridgeEndpoint } from './bridges/read-bridge.js';
import { reapplyEndpoint } from './bridges/reapply.js';
import { readPreviewEndpoint } from './bridges/read-preview.js';
import { installWebhookEndpoint } from './bridges/install-webhook.js';
import { rotateWebhookSecretEndpoint } from './bridges/rotate-webhook-secret.js';
import { startPreviewEndpoint } from './bridges/start-preview.js';
import { updateBridgeEndpoint } from './bridges/update-bridge.js';
import { decideBulkEndpoint } from './bulk/decide-bulk.js';
import { previewBulkEndpoint } from './bulk/preview-bulk.js';
import { readBulkEndpoint } from './bulk/read-bulk.js';
import { withdrawBulkEndpoint } from './bulk/withdraw-bulk.js';
import { assignConflictEndpoint } from './conflicts/assign-conflict.js';
import { askAgentEndpoint } from './conflicts/ask-agent.js';
import { commentConflictEndpoint } from './conflicts/comment-conflict.js';
import { decideConflictEndpoint } from './conflicts/decide-conflict.js';
import { proposeDecisionEndpoint } from './conflicts/propose-decision.js';
import { countArrivalsEndpoint } from './conflicts/count-arrivals.js';
import { groupConflictsEndpoint } from './conflicts/group-conflicts.js';
import { listConflictsEndpoint } from './conflicts/list-conflicts.js';
import { readConflictEndpoint } from './conflicts/read-conflict.js';
import { snoozeConflictEndpoint } from './conflicts/snooze-conflict.js';
import { withdrawDecisionEndpoint } from './conflicts/withdraw-decision.js';
import { checkConnectorEndpoint } from './connectors/check-connector.js';
import { createConnectorEndpoint } from './connectors/create-connector.js';
import { listConnectorKindsEndpoint } from './connectors/list-connector-kinds.js';
import { listConnectorsEndpoint } from './connectors/list-connectors.js';
import { readConnectorEndpoint } from './connectors/read-connector.js';
import { setConnectorTokenEndpoint } from './connectors/set-token.js';
import { updateConnectorEndpoint } from './connectors/update-connector.js';
import { explainEntryEndpoint } from './entries/explain-entry.js';
import { listEntriesEndpoint } from './entries/list-entries.js';
import { streamEventsEndpoint } from './events/stream-events.js';
import { listMappingsEndpoint } from './mappings/list-mappings.js';
import { listTargetsEndpoint } from './mappings/list-targets.js';
import { setMappingEndpoint } from './mappings/set-mapping.js';
import { setMappingsEndpoint } from './mappings/set-mappings.js';
import { backtestRuleEndpoint } from './rules/backtest-rule.js';
import { listRulesEndpoint } from './rules/list-rules.js';
import { replaceRulesEndpoint } from './rules/replace-rules.js';
import { listStandingsEndpoint } from './entries/list-standings.js';
import { readOverviewEndpoint } from './overview/read-overview.js';
import { listRunWritesEndpoint } from './runs/list-run-writes.js';
import { listRunsEndpoint } from './runs/list-runs.js';
import { readRunEndpoint } from './runs/read-run.js';
import { startRunEndpoint } from './runs/start-run.js';
import { stopRunEndpoint } from './runs/stop-run.js';
import { createSavedViewEndpoint } from './saved-views/create-saved-view.js';
import { deleteSavedViewEndpoint } from './saved-views/delete-saved-view.js';
import { listSavedViewsEndpoint } from './saved-views/list-saved-views.js';
import { firstLoginEndpoint } from './session/first-login.js';
import { loginEndpoint } from './session/login.js';
import { logoutEndpoint } from './session/logout.js';
import { readLoginLinkEndpoint } from './session/read-login-link.js';
import { readMeEndpoint } from './session/read-me.js';
import { refreshSessionEndpoint } from './session/refresh-session.js';
import { updateMeEndpoint } from './session/update-me.js';
import { listAlertsEndpoint, testAlertsEndpoint } from './system/alerts.js';
import { listAuditEndpoint } from './system/list-audit.js';
import { confirmInstallationEndpoint } from './system/confirm-installation.js';
import { resealSecretsEndpoint } from './system/rotate-keys.js';
import { readStatusEndpoint } from './system/read-status.js';
import { createUserLoginLinkEndpoint } from './users/create-login-link.js';
import { readUndoEndpoint } from './undo/read-undo.js';
import { undoBulkEndpoint, undoDecisionEndpoint, undoRunEndpoint } from './undo/undo-endpoints.js';
import { inviteUserEndpoint } from './users/invite-user.js';
import { listColleaguesEndpoint } from './users/list-colleagues.js';
import { listUsersEndpoint } from './users/list-users.js';
import { updateUserEndpoint } from './users/update-user.js';
import { receiveZammadEndpoint } from './webhooks/receive-zammad.js';
import type { Endpoint } from './endpoint.js';

/** One for each contract (a test compares the two lists). Fixed paths stand before those with parameters. */
export const allEndpoints: readonly Endpoint[] = [
  createApiTokenEndpoint,
  listApiTokensEndpoint,
  revokeApiTokenEndpoint,
  createBridgeEndpoint,
  listBridgesEndpoint,
  readBridgeEndpoint,
  rotateWebhookSecretEndpoint,
  installWebhookEndpoint,
  updateBridgeEndpoint,
  startPreviewEndpoint,
  reapplyEndpoint,
  readPreviewEndpoint,
  decideBulkEndpoint,
  previewBulkEndpoint,
  readBulkEndpoint,
  withdrawBulkEndpoint,
  undoDecisionEndpoint,
  undoBulkEndpoint,
  undoRunEndpoint,
  readUndoEndpoint,
  assignConflictEndpoint,
  askAgentEndpoint,
  commentConflictEndpoint,
  decideConflictEndpoint,
  groupConflictsEndpoint,
  countArrivalsEndpoint,
  proposeDecisionEndpoint,
  listConflictsEndpoint,
  readConflictEndpoint,
  snoozeConflictEndpoint,
  withdrawDecisionEndpoint,
  checkConnectorEndpoint,
  createConnectorEndpoint,
  listConnectorKindsEndpoint,
  listConnectorsEndpoint,
  readConnectorEndpoint,
  setConnectorTokenEndpoint,
  updateConnectorEndpoint,
  listEntriesEndpoint,
  listStandingsEndpoint,
  explainEntryEndpoint,
  streamEventsEndpoint,
  listMappingsEndpoint,
  listTargetsEndpoint,
  setMappingEndpoint,
  setMappingsEndpoint,
  backtestRuleEndpoint,
  listRulesEndpoint,
  replaceRulesEndpoint,
  readOverviewEndpoint,
  listRunsEndpoint,
  listRunWritesEndpoint,
  readRunEndpoint,
  startRunEndpoint,
  stopRunEndpoint,
  createSavedViewEndpoint,
  deleteSavedViewEndpoint,
  listSavedViewsEndpoint,
  firstLoginEndpoint,
  loginEndpoint,
  logoutEndpoint,
  readLoginLinkEndpoint,
  readMeEndpoint,
  refreshSessionEndpoint,
  updateMeEndpoint,
  listAlertsEndpoint,
  testAlertsEndpoint,
  listAuditEndpoint,
  readStatusEndpoint,
  resealSecretsEndpoint,
  confirmInstallationEndpoint,
  createUserLoginLinkEndpoint,
  inviteUserEndpoint,
  listColleaguesEndpoint,
  listUsersEndpoint,
  updateUserEndpoint,
  receiveZammadEndpoint,
];
