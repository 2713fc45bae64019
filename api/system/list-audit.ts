import { listAudit as readAudit, type AuditItem } from '../../db/stores/audit-view.js';
import { nameSubjects, subjectKey } from '../../db/stores/audit-subjects.js';
import { endpoint } from '../endpoint.js';
import { iso } from '../present.js';
import { listAudit } from './list-audit.contract.js';

export const listAuditEndpoint = endpoint(listAudit, async ({ db }, { query }) => {
  const { limit, ...filter } = query;
  const session = { db, tx: null };
  const found = await readAudit(session, filter, limit + 1);
  const items = found.slice(0, limit);
  const names = await nameSubjects(session, items);
  return {
    items: items.map((item) => presentItem(item, names.get(subjectKey(item)) ?? null)),
    next: found.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
});

const presentItem = (item: AuditItem, subjectName: string | null) => ({
  id: item.id,
  at: iso(item.at),
  bridgeId: item.bridgeId,
  runId: item.runId,
  actor: { kind: item.actorKind, id: item.actorId, name: item.actorName },
  action: item.action,
  subjectKind: item.subjectKind,
  subjectId: item.subjectId,
  subjectName,
  details: item.details ?? {},
  sequence: item.sequence,
});
