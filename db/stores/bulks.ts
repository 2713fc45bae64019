import type { Choice, ConflictKind } from '../../domain/conflict.js';
import type { Reason } from '../../domain/reason.js';
import { affected, row, rows, type Session } from '../sql.js';

export type BulkState = 'recording' | 'grace' | 'withdrawn' | 'applying' | 'done';
export type BulkItemState =
  'pending' | 'decided' | 'applying' | 'applied' | 'no_op' | 'refused' | 'stale' | 'failed' | 'withdrawn';

export type Bulk = {
  readonly id: string;
  readonly choice: Choice;
  readonly note: string | null;
  readonly actorId: string;
  readonly actorName: string;
  readonly state: BulkState;
  readonly itemCount: number;
  readonly createdAt: Date;
  readonly applyAfter: Date | null;
  readonly finishedAt: Date | null;
};

export type BulkItem = {
  readonly conflictId: string;
  readonly version: string;
  readonly decisionId: string;
  readonly position: number;
};

export type NewBulk = Pick<Bulk, 'id' | 'choice' | 'note' | 'actorId' | 'actorName'> & {
  readonly items: readonly { readonly conflictId: string; readonly version: string }[];
};

const COLUMNS = `id, choice, note, actor_id as "actorId", actor_name as "actorName", state, item_count as "itemCount",
  created_at as "createdAt", apply_after as "applyAfter", finished_at as "finishedAt"`;

/** Writes the whole down with a decision id for each case; false when this id is there already (a repeated request). */
export async function storeBulk(session: Session, bulk: NewBulk): Promise<boolean> {
  const stored = await affected(
    session,
    `insert into bulk_decisions (id, choice, note, actor_id, actor_name, state, item_count)
     values ($1, $2, $3, $4, $5, 'recording', $6) on conflict (id) do nothing returning 1`,
    [bulk.id, bulk.choice, bulk.note, bulk.actorId, bulk.actorName, bulk.items.length],
  );
  if (stored === 0) return false;
  await rows(
    session,
    `insert into bulk_items (bulk_id, conflict_id, version, position, decision_id)
     select $1, conflict_id, version, position, gen_random_uuid()
     from unnest($2::bigint[], $3::text[]) with ordinality as i (conflict_id, version, position) returning 1`,
    [bulk.id, bulk.items.map((item) => item.conflictId), bulk.items.map((item) => item.version)],
  );
  return true;
}

export const readBulk = (session: Session, id: string): Promise<Bulk | undefined> =>
  row<Bulk>(session, `select ${COLUMNS} from bulk_decisions where id = $1`, [id]);

/** The row, held until the transaction ends: what decides and what takes back never overlap. */
export const holdBulk = (session: Session, id: string): Promise<Bulk | undefined> =>
  row<Bulk>(session, `select ${COLUMNS} from bulk_decisions where id = $1 for update`, [id]);

export async function moveBulk(session: Session, id: string, to: BulkState): Promise<void> {
  await rows(
    session,
    `update bulk_decisions set state = $2, finished_at = case when $2 in ('withdrawn', 'done') then now() end
     where id = $1 returning 1`,
    [id, to],
  );
}

/** Everything is recorded: one grace time for all of it begins. */
export async function startGrace(session: Session, id: string, graceMs: number): Promise<void> {
  await rows(
    session,
    `with bulk as (update bulk_decisions set state = 'grace', apply_after = now() + make_interval(secs => $2)
       where id = $1 and state = 'recording' returning id, apply_after)
     update decisions d set apply_after = bulk.apply_after from bulk
     where d.bulk_id = bulk.id and d.state = 'grace' returning 1`,
    [id, graceMs / 1000],
  );
}

/** The next items in a state, in their order. */
export const bulkItems = (
  session: Session,
  id: string,
  page: { readonly state: BulkItemState; readonly after: number; readonly limit: number },
): Promise<BulkItem[]> =>
  rows<BulkItem>(
    session,
    `select conflict_id as "conflictId", version, decision_id as "decisionId", position from bulk_items
     where bulk_id = $1 and state = $2 and position > $3 order by position limit $4`,
    [id, page.state, page.after, page.limit],
  );

export type ItemMove = { readonly conflictId: string; readonly state: BulkItemState; readonly why?: unknown };

export async function moveItems(session: Session, id: string, moves: readonly ItemMove[]): Promise<void> {
  if (moves.length === 0) return;
  await rows(
    session,
    `update bulk_items i set state = m.state, why = m.why
     from unnest($2::bigint[], $3::text[], $4::jsonb[]) as m (conflict_id, state, why)
     where i.bulk_id = $1 and i.conflict_id = m.conflict_id returning 1`,
    [
      id,
      moves.map((m) => m.conflictId),
      moves.map((m) => m.state),
      moves.map((m) => (m.why === undefined || m.why === null ? null : JSON.stringify(m.why))),
    ],
  );
}

/** What was only recorded goes back, all of it at once: nothing was written. Returns the cases that are open again. */
export async function withdrawItems(session: Session, id: string): Promise<string[]> {
  await rows(
    session,
    `update decisions set state = 'withdrawn', finished_at = now() where bulk_id = $1 and state = 'grace' returning 1`,
    [id],
  );
  await rows(
    session,
    `update bulk_items set state = 'withdrawn' where bulk_id = $1 and state in ('pending', 'decided') returning 1`,
    [id],
  );
  const opened = await rows<{ id: string }>(
    session,
    `update conflicts c set state = 'open', updated_at = now(), listed_since = now() from bulk_items i
     where i.bulk_id = $1 and c.id = i.conflict_id and c.state = 'deciding'
       and exists (select 1 from decisions d where d.id = i.decision_id and d.state = 'withdrawn') returning c.id`,
    [id],
  );
  return opened.map((conflict) => conflict.id);
}

/** Bridges that the items lie on. */
export async function bridgesOfBulk(session: Session, id: string): Promise<string[]> {
  const found = await rows<{ bridge_id: string }>(
    session,
    `select distinct c.bridge_id from bulk_items i join conflicts c on c.id = i.conflict_id
     where i.bulk_id = $1 order by c.bridge_id`,
    [id],
  );
  return found.map((r) => r.bridge_id);
}

export type BulkOutcome = {
  readonly conflictId: string;
  readonly state: BulkItemState;
  readonly why: Reason | null;
  readonly kind: ConflictKind;
  readonly ticketNumber: string | null;
  readonly gapName: string | null;
};

/** Every item with how it stands, in the order in which they were given. */
export const bulkOutcomes = (session: Session, id: string): Promise<BulkOutcome[]> =>
  rows<BulkOutcome>(
    session,
    `select i.conflict_id as "conflictId", i.state, i.why, c.kind, c.ticket_number as "ticketNumber",
       c.facts #>> '{gap,name}' as "gapName"
     from bulk_items i join conflicts c on c.id = i.conflict_id where i.bulk_id = $1 order by i.position`,
    [id],
  );

export async function countItems(
  session: Session,
  id: string,
): Promise<Partial<Record<BulkItemState, number>>> {
  const counts = await rows<{ state: BulkItemState; items: string }>(
    session,
    'select state, count(*) as items from bulk_items where bulk_id = $1 group by state',
    [id],
  );
  return Object.fromEntries(counts.map(({ state, items }) => [state, Number(items)]));
}

/** Bulks that a process should be working on. */
export async function unfinishedBulks(session: Session): Promise<string[]> {
  const found = await rows<{ id: string }>(
    session,
    `select id from bulk_decisions where state in ('recording', 'grace', 'applying') order by created_at`,
  );
  return found.map(({ id }) => id);
}
