import { findBridge } from '../../db/stores/bridges.js';
import { listCatalogue } from '../../db/stores/catalogue-view.js';
import { listMappings as readMappings, type MappingRecord } from '../../db/stores/mappings.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { isoOrNull } from '../present.js';
import { listMappings } from './list-mappings.contract.js';
import type { MappingRow } from './mapping-shape.contract.js';
import { proposer, type Proposal } from './propose.js';
import { presentTarget, TARGET_KINDS } from './target-kinds.js';

export const listMappingsEndpoint = endpoint(listMappings, async ({ db }, { params }) => {
  const session = { db, tx: null };
  const bridge = await findBridge(session, params.bridgeId);
  if (!bridge) throw notFound('bridge');
  const [sources, targets] = await Promise.all([
    readMappings(session, bridge.id, params.kind),
    listCatalogue(session, bridge.target.id, TARGET_KINDS[params.kind]),
  ]);
  const known = new Map(targets.map((target) => [target.id, target]));
  const propose = proposer(targets.filter((target) => target.active));
  return {
    items: sources.map((source) => {
      const mapped = source.targetId === null ? null : targetOf(source.targetId, known.get(source.targetId));
      const open = source.targetId === null && !source.ignored;
      return present(source, mapped, open ? propose(source) : null);
    }),
  };
});

type Target = NonNullable<MappingRow['target']>;

/** A target that the catalogue does not know (any more) is shown by its id, as one that cannot be booked on. */
const targetOf = (id: string, entry: Parameters<typeof presentTarget>[0] | undefined): Target =>
  entry
    ? presentTarget(entry)
    : { id, name: null, parentName: null, number: null, email: null, active: false };

const present = (source: MappingRecord, target: Target | null, proposal: Proposal | null): MappingRow => ({
  sourceId: source.sourceId,
  sourceName: source.sourceName,
  sourceEmail: source.sourceEmail,
  sourceActive: source.sourceActive,
  entryCount: source.entryCount,
  waitingCount: source.waitingCount,
  waitingSeconds: source.waitingSeconds,
  target,
  ignored: source.ignored,
  proposal: proposal && { target: presentTarget(proposal.target), by: proposal.by },
  decidedBy: source.decidedBy,
  updatedAt: isoOrNull(source.updatedAt),
  conflictId: source.conflictId,
});
