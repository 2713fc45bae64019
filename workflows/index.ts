/* The workflows that the bundle contains; a workflow's type is its name here. */
export { deliverAlerts } from './deliver-alerts.js';
export { bulkDecision } from './bulk-decision.js';
export { installWebhook } from './install-webhook.js';
export { checkConnector } from './check-connector.js';
export { conflictApproval } from './conflict-approval.js';
export { preview } from './preview.js';
export { probe } from './probe.js';
export { resealTokens } from './reseal-tokens.js';
export { retention } from './retention.js';
export { startRun } from './start-run.js';
export { syncRun } from './sync-run.js';
export { ticketSync } from './ticket-sync.js';
export { undo } from './undo.js';
