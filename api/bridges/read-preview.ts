import { findBridge } from '../../db/stores/bridges.js';
import { findPreview, type PreviewRecord } from '../../db/stores/previews.js';
import type { PreviewSummary } from '../../domain/preview-shape.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { iso, isoOrNull } from '../present.js';
import type { Preview, PreviewSummaryView } from './preview-shape.contract.js';
import { readPreview } from './read-preview.contract.js';

export const readPreviewEndpoint = endpoint(readPreview, async ({ db }, { params }) => {
  const session = { db, tx: null };
  const found = await findPreview(session, params.bridgeId);
  if (found) return { preview: presentPreview(found) };
  if (!(await findBridge(session, params.bridgeId))) throw notFound('bridge');
  return { preview: null };
});

const presentPreview = (found: PreviewRecord): Preview => ({
  id: found.previewId,
  state: found.state,
  phase: found.phase,
  asConfirmed: found.asConfirmed,
  reapply: found.reapply,
  tickets: { done: found.ticketsDone, total: found.ticketsTotal },
  summary: found.summary && presentSummary(found.summary),
  error: found.error && { code: found.error.code, facts: {} },
  startedAt: iso(found.startedAt),
  finishedAt: isoOrNull(found.finishedAt),
});

const presentSummary = (summary: PreviewSummary): PreviewSummaryView => ({
  ...summary,
  steps: [...summary.steps],
  lines: [...summary.lines],
  questions: [...summary.questions],
  gaps: [...summary.gaps],
  provisions: [...summary.provisions],
  samples: [...summary.samples],
  // A preview of an earlier version has neither.
  openCases: [...(summary.openCases ?? [])],
  reapplied: summary.reapplied ?? { count: 0, seconds: 0 },
});
