import type { MigrationContext } from '../migration.js';
import * as base from './0001-base.js';
import * as inbox from './0002-inbox.js';
import * as bulkUndo from './0003-bulk-undo.js';
import * as plans from './0005-plans.js';
import * as webhookRefusals from './0006-webhook-refusals.js';
import * as breaks from './0007-breaks.js';
import * as alerts from './0008-alerts.js';
import * as nothingTwice from './0009-nothing-twice.js';
import * as clocks from './0010-clocks.js';
import * as connectorChecks from './0011-connector-checks.js';
import * as provisions from './0012-provisions.js';
import * as tokenRisk from './0013-token-risk.js';
import * as currency from './0014-currency.js';
import * as openWrites from './0015-open-writes.js';
import * as inboxFacets from './0016-inbox-facets.js';
import * as connectorKinds from './0017-connector-kinds.js';
import * as reapply from './0019-reapply.js';
import * as openProvisions from './0020-open-provisions.js';
import * as arrivals from './0021-arrivals.js';
import * as proposals from './0022-proposals.js';
import * as newBridges from './0023-new-bridges.js';
import * as runsOfWebhooks from './0024-runs-of-webhooks.js';
import * as duty from './0025-duty.js';
import * as questions from './0026-questions.js';

export type Migration = {
  readonly name: string;
  readonly up: (context: MigrationContext) => Promise<void>;
  readonly down: (context: MigrationContext) => Promise<void>;
};

/** In order. A list, not a glob: the same under tsx, esbuild and vitest. */
export const migrations: readonly Migration[] = [
  { name: '0001-base', ...base },
  { name: '0002-inbox', ...inbox },
  { name: '0003-bulk-undo', ...bulkUndo },
  { name: '0005-plans', ...plans },
  { name: '0006-webhook-refusals', ...webhookRefusals },
  { name: '0007-breaks', ...breaks },
  { name: '0008-alerts', ...alerts },
  { name: '0009-nothing-twice', ...nothingTwice },
  { name: '0010-clocks', ...clocks },
  { name: '0011-connector-checks', ...connectorChecks },
  { name: '0012-provisions', ...provisions },
  { name: '0013-token-risk', ...tokenRisk },
  { name: '0014-currency', ...currency },
  { name: '0015-open-writes', ...openWrites },
  { name: '0016-inbox-facets', ...inboxFacets },
  { name: '0017-connector-kinds', ...connectorKinds },
  { name: '0019-reapply', ...reapply },
  { name: '0020-open-provisions', ...openProvisions },
  { name: '0021-arrivals', ...arrivals },
  { name: '0022-proposals', ...proposals },
  { name: '0023-new-bridges', ...newBridges },
  { name: '0024-runs-of-webhooks', ...runsOfWebhooks },
  { name: '0025-duty', ...duty },
  { name: '0026-questions', ...questions },
];
