import { listAudit as readAudit, type AuditItem } from '../../db/stores/audit-view.js';
import { endpoint } from '../endpoint.js';
import { iso } from '../present.js';
import { listAudit } from './list-audit.contract.js';

export const listAuditEndpoint = endpoint(listAudit, async ({ db }, { query }) => {
  const { limit, ...filter } = query;
  const found = await readAudit({ db, tx: null }, filter, limit + 1);
  const items = found.slice(0, limit);
  return { items: items.map(presentItem), next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
});

const presentItem = (item: AuditItem) => ({
  id: item.id,
  at: iso(item.at),
  bridgeId: item.bridgeId,
  runId: item.runId,
  actor: { kind: item.actorKind, id: item.actorId, name: item.actorName },
  action: item.action,
  subjectKind: item.subjectKind,
  subjectId: item.subjectId,
  details: item.details ?? {},
  sequence: item.sequence,
});
