import type { Sequelize } from 'sequelize';
import { AlertMessageRow } from './alert-messages.js';
import { ApiTokenRow } from './api-tokens.js';
import { AuditDetailRow } from './audit-details.js';
import { AuditLogRow } from './audit-logs.js';
import { BridgeEntryRow } from './bridge-entries.js';
import { BridgeRow } from './bridges.js';
import { BulkDecisionRow } from './bulk-decisions.js';
import { BulkItemRow } from './bulk-items.js';
import { CatalogueItemRow } from './catalogue-items.js';
import { ConflictEntryRow } from './conflict-entries.js';
import { ConflictRow } from './conflicts.js';
import { ConnectorCheckRow } from './connector-checks.js';
import { ConnectorRow } from './connectors.js';
import { CursorRow } from './cursors.js';
import { DecisionRow } from './decisions.js';
import { InstallationRow } from './installation.js';
import { LedgerRow } from './ledger.js';
import { LinkChangeRow } from './link-changes.js';
import { LinkMemberRow } from './link-members.js';
import { LinkTimesheetRow } from './link-timesheets.js';
import { LinkRow } from './links.js';
import { LoginLinkRow } from './login-links.js';
import { ActivityMappingRow, CustomerMappingRow, UserMappingRow } from './mappings.js';
import { NotificationRow } from './notifications.js';
import { PreviewRow } from './previews.js';
import { ProposalRow } from './proposals.js';
import { QuestionRow } from './questions.js';
import { RefreshTokenRow } from './refresh-tokens.js';
import { RuleRow } from './rules.js';
import { SavedViewRow } from './saved-views.js';
import { SessionRow } from './sessions.js';
import { SyncRunRow } from './sync-runs.js';
import { TicketRow } from './tickets.js';
import { TimeEntryRow } from './time-entries.js';
import { TimeEntryVersionRow } from './time-entry-versions.js';
import { TimesheetRow } from './timesheets.js';
import { UndoItemRow } from './undo-items.js';
import { UndoRow } from './undos.js';
import { UserRow } from './users.js';
import { WebhookDeliveryRow } from './webhook-deliveries.js';
import { WebhookRefusalRow } from './webhook-refusals.js';

const MODELS = [
  ActivityMappingRow,
  AlertMessageRow,
  ApiTokenRow,
  AuditDetailRow,
  AuditLogRow,
  BridgeEntryRow,
  BridgeRow,
  BulkDecisionRow,
  BulkItemRow,
  CatalogueItemRow,
  ConflictEntryRow,
  ConflictRow,
  ConnectorCheckRow,
  ConnectorRow,
  CursorRow,
  CustomerMappingRow,
  DecisionRow,
  InstallationRow,
  LedgerRow,
  LinkChangeRow,
  LinkMemberRow,
  LinkTimesheetRow,
  LinkRow,
  LoginLinkRow,
  NotificationRow,
  PreviewRow,
  ProposalRow,
  QuestionRow,
  RefreshTokenRow,
  RuleRow,
  SavedViewRow,
  SessionRow,
  SyncRunRow,
  TicketRow,
  TimeEntryRow,
  TimeEntryVersionRow,
  TimesheetRow,
  UndoItemRow,
  UndoRow,
  UserMappingRow,
  UserRow,
  WebhookDeliveryRow,
  WebhookRefusalRow,
] as const;

/** Binds every model to a connection; a test keeps them equal to what the migrations make. */
export function defineModels(db: Sequelize): void {
  for (const model of MODELS) model.define(db);
}
