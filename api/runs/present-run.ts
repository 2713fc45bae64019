import type { RunRecord } from '../../db/stores/runs-view.js';
import type { ApiSettings } from '../deps.js';
import { workflowUrl } from '../links.js';
import { iso, isoOrNull } from '../present.js';
import type { Run } from './run-shape.contract.js';

export const presentRun = (run: RunRecord, settings: ApiSettings): Run => ({
  id: run.id,
  bridgeId: run.bridgeId,
  bridgeName: run.bridgeName,
  trigger: run.trigger,
  triggeredBy: run.triggeredBy,
  full: run.full,
  state: run.state,
  phase: run.phase,
  counters: run.counters,
  error: run.error && { code: run.error.code, facts: run.error.facts ?? {} },
  warnings: run.warnings.map(({ code, facts }) => ({ code, facts })),
  brokenSeconds: run.brokenSeconds,
  startedAt: iso(run.startedAt),
  finishedAt: isoOrNull(run.finishedAt),
  workflowUrl: workflowUrl(settings, run.workflowId),
});
