import { randomUUID } from 'node:crypto';
import { writeAudit } from '../../db/stores/audit.js';
import { findCatalogueEntry } from '../../db/stores/catalogue-view.js';
import { changeMapping, findMapping, openGapOf, type OpenGap } from '../../db/stores/mappings.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import type { Actor } from '../auth/actor.js';
import { tellRefusal } from '../conflicts/decision-problem.js';
import { openConflictRef } from '../conflicts/conflict-ref.js';
import type { ApiDeps } from '../deps.js';
import { invalidField } from '../http/problem.js';
import type { MappingKind } from './mapping-shape.contract.js';
import { TARGET_KINDS } from './target-kinds.js';

/** `targetId` maps, `ignored` ignores now and later, neither takes the mapping away. */
export type MappingChange = {
  readonly bridgeId: string;
  readonly kind: MappingKind;
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly ignored: boolean;
};

/**
 * Maps one source item, or decides the open gap that it is. @throws Problem 422 for a target that cannot be booked on,
 * 409 when the gap was decided meanwhile.
 */
export async function mapOne(
  deps: ApiDeps,
  targetConnectorId: string,
  change: MappingChange,
  actor: Actor,
): Promise<Mapped> {
  const session = { db: deps.db, tx: null };
  await assertTarget(session, targetConnectorId, change);
  const gap = await openGapOf(session, change.bridgeId, change.kind, change.sourceId);
  if (gap && (change.targetId !== null || change.ignored)) return decideGap(deps, gap, change, actor);
  return { decision: null, replanned: await writeMapping(deps, change, actor) };
}

type Mapped = {
  readonly decision: {
    readonly conflictId: string;
    readonly decisionId: string;
    readonly applyAfter: string;
  } | null;
  /** Tickets that the next run plans again. */
  readonly replanned: number;
};

async function assertTarget(
  session: Session,
  connectorId: string,
  { kind, targetId, ignored }: MappingChange,
): Promise<void> {
  if (targetId === null) return;
  if (ignored) throw invalidField('ignored', 'either', 'ignored must be false when targetId is given');
  const target = await findCatalogueEntry(session, connectorId, TARGET_KINDS[kind], targetId);
  if (target?.active) return;
  const what = `an active ${TARGET_KINDS[kind]} of Kimai`;
  throw invalidField(
    'targetId',
    'target',
    `targetId must be the id of ${what}; test the connector to read them anew`,
  );
}

/** A mapping that people are asked for is decided like any question: once, with a grace time, in the trail. */
async function decideGap(deps: ApiDeps, gap: OpenGap, change: MappingChange, actor: Actor) {
  const conflict = await openConflictRef(deps, gap.id);
  const decisionId = randomUUID();
  const decided = await tellRefusal(
    deps,
    gap.id,
    actor.language,
    deps.gateway.decideConflict(conflict, {
      decisionId,
      conflictId: gap.id,
      version: gap.version,
      choice: change.targetId === null ? 'ignore' : 'map',
      parameters: change.targetId === null ? {} : { targetId: change.targetId },
      note: null,
      actor: { kind: 'settings', id: actor.userId, name: actor.name },
    }),
  );
  return { decision: { conflictId: gap.id, decisionId, applyAfter: decided.applyAfter }, replanned: 0 };
}

const writeMapping = (
  { db }: ApiDeps,
  { bridgeId, kind, sourceId, targetId, ignored }: MappingChange,
  actor: Actor,
) =>
  inTransaction(db, async (session) => {
    const before = await findMapping(session, bridgeId, kind, sourceId);
    const to = targetId === null ? (ignored ? ('ignored' as const) : null) : { targetId };
    const replanned = await changeMapping(session, { bridgeId, kind, sourceId, to, decidedBy: actor.name });
    if (replanned === null) return 0;
    await writeAudit(session, [
      didBy(actor, {
        action: 'mapping.changed',
        subject: { kind: 'mapping', id: `${kind}/${sourceId}` },
        bridgeId,
        details: { before: before ?? null, after: { targetId, ignored } },
      }),
    ]);
    await notifyChange(session, 'bridges', [bridgeId]);
    return replanned;
  });
