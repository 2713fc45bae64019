import type { BenchRow } from '../finding.js';
import { decisionsRow } from './decisions.js';
import { firstSyncRow } from './first-sync.js';
import { inboxRow } from './inbox.js';
import { memoryRow } from './memory.js';
import { callsRow, killRow } from './proofs.js';
import { reconciliationRow } from './reconciliation.js';
import { shareRow } from './share.js';
import { startRow } from './start.js';
import { unchangedRow } from './unchanged.js';
import { webhooksRow } from './webhooks.js';

/** All that `npm run bench` measures, in this order. */
export const benchRows: readonly BenchRow[] = [
  startRow,
  reconciliationRow,
  callsRow,
  unchangedRow,
  firstSyncRow,
  memoryRow,
  webhooksRow,
  decisionsRow,
  inboxRow,
  shareRow,
  killRow,
];
