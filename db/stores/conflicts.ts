import { GAP_KINDS, type ConflictFacts, type ConflictKind } from '../../domain/conflict.js';
import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

/** What the list shows of a case and search finds it by, beside its facts. */
export type ConflictLabels = {
  readonly ticketId: string | null;
  readonly ticketNumber: string | null;
  readonly ticketTitle: string | null;
  readonly customerKey: string | null;
  readonly customerName: string | null;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly entryDate: string | null;
};

export type Ask = { readonly facts: ConflictFacts; readonly labels: ConflictLabels };

export const isGap = (kind: ConflictKind): boolean => GAP_KINDS.some((gap) => gap === kind);

const searchText = ({ facts, labels }: Ask): string =>
  [
    labels.ticketNumber,
    labels.ticketTitle,
    labels.customerName,
    labels.personName,
    facts.gap?.name,
    facts.source?.description,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' ')
    .toLowerCase();

/**
 * Brings one question up to date: opens it, or moves the open one of its subject to the newer facts. A case that is
 * asked again while its decision is being applied notes why, and is opened again when that is settled.
 * Returns its id, and whether anything changed.
 */
export async function storeAsk(
  session: Session,
  bridgeId: string,
  runId: string | null,
  ask: Ask,
): Promise<{ readonly id: string; readonly opened: boolean; readonly changed: boolean }> {
  const { facts, labels } = ask;
  const known = await row<{ id: string; version: string; state: string }>(
    session,
    `select id, version, state from conflicts where bridge_id = $1 and subject = $2 and state <> 'closed' for update`,
    [bridgeId, facts.subject],
  );
  const values = [
    facts.kind,
    facts.version,
    JSON.stringify(facts),
    facts.secondsAtStake,
    facts.entryIds.length,
    labels.ticketId,
    labels.ticketNumber,
    labels.ticketTitle,
    labels.customerKey,
    labels.customerName,
    labels.personId,
    labels.personName,
    labels.entryDate,
    searchText(ask),
  ];
  if (known !== undefined) {
    const changed = known.version !== facts.version;
    await rows(
      session,
      `update conflicts set kind = $2, version = $3, facts = $4::jsonb, seconds_at_stake = $5, entry_count = $6,
         ticket_id = $7, ticket_number = $8, ticket_title = $9, customer_key = $10, customer_name = $11, person_id = $12,
         person_name = $13, entry_date = $14, search = $15,
         snoozed_until = case when version <> $3 and snoozed_until_change then null else snoozed_until end,
         snoozed_until_change = snoozed_until_change and version = $3,
         listed_since = case when version <> $3 and snoozed_until_change then now() else listed_since end,
         reopened_why = case when state = 'applying' then $4::jsonb -> 'why' else reopened_why end,
         updated_at = case when version <> $3 then now() else updated_at end
       where id = $1 returning 1`,
      [known.id, ...values],
    );
    await tieEntries(session, known.id, facts);
    return { id: known.id, opened: false, changed };
  }
  const opened = await row<{ id: string }>(
    session,
    `insert into conflicts (bridge_id, subject, run_id, state, previous_id, kind, version, facts, seconds_at_stake,
       entry_count, ticket_id, ticket_number, ticket_title, customer_key, customer_name, person_id, person_name,
       entry_date, search)
     values ($1, $2, $3, 'open', (select max(id) from conflicts where bridge_id = $1 and subject = $2),
       $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id`,
    [bridgeId, facts.subject, runId, ...values],
  );
  if (opened === undefined) throw new Error(`the conflict about ${facts.subject} was not stored`);
  await tieEntries(session, opened.id, facts);
  return { id: opened.id, opened: true, changed: true };
}

/** A gap gathers entries over many batches; any other case holds exactly the entries of its facts. */
async function tieEntries(session: Session, conflictId: string, facts: ConflictFacts): Promise<void> {
  if (!isGap(facts.kind))
    await rows(
      session,
      'delete from conflict_entries where conflict_id = $1 and time_entry_id <> all($2::bigint[]) returning 1',
      [conflictId, [...facts.entryIds]],
    );
  await rows(
    session,
    `insert into conflict_entries (conflict_id, time_entry_id) select $1, unnest($2::bigint[])
     on conflict do nothing returning 1`,
    [conflictId, [...facts.entryIds]],
  );
  if (isGap(facts.kind)) await recountGap(session, conflictId);
}

/** Count and hours behind a gap, from the entries that wait there now, in the list and in its sentences alike. */
export async function recountGap(session: Session, conflictId: string): Promise<void> {
  const gap = await row<{ facts: ConflictFacts; entries: string; seconds: string }>(
    session,
    `select c.facts, count(e.id) as entries, coalesce(sum(e.seconds), 0) as seconds from conflicts c
     left join conflict_entries ce on ce.conflict_id = c.id left join time_entries e on e.id = ce.time_entry_id
     where c.id = $1 group by c.id`,
    [conflictId],
  );
  if (gap === undefined) return;
  const [entries, seconds] = [Number(gap.entries), Number(gap.seconds)];
  const counted = (why: Reason): Reason =>
    'entryCount' in why.facts
      ? { ...why, facts: { ...why.facts, entryCount: entries, sourceSeconds: seconds } }
      : why;
  const facts: ConflictFacts = {
    ...gap.facts,
    why: counted(gap.facts.why),
    secondsAtStake: seconds,
    choices: gap.facts.choices.map((choice) => ({ ...choice, effect: counted(choice.effect) })),
  };
  await rows(
    session,
    'update conflicts set entry_count = $2, seconds_at_stake = $3, facts = $4::jsonb where id = $1 returning 1',
    [conflictId, entries, seconds, JSON.stringify(facts)],
  );
}

/**
 * Takes entries out of open cases they no longer wait behind: a gap is recounted, a case that is empty vanishes, and
 * so does a case of a lead that nobody asks about any more. Returns the ids of cases that changed or vanished.
 */
export async function vanishUnasked(
  session: Session,
  bridgeId: string,
  considered: readonly string[],
  asked: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  const open = await rows<{ id: string; subject: string; kind: ConflictKind; entry_ids: string[] }>(
    session,
    `select c.id, c.subject, c.kind, array_agg(ce.time_entry_id::text) as entry_ids
     from conflicts c join conflict_entries ce on ce.conflict_id = c.id
     where c.bridge_id = $1 and c.state in ('open', 'deciding') and c.kind <> 'guard' and ce.time_entry_id = any($2::bigint[])
     group by c.id`,
    [bridgeId, [...considered]],
  );
  const touched: string[] = [];
  for (const conflict of open) {
    const still = new Set(asked.get(conflict.subject) ?? []);
    const gone = conflict.entry_ids.filter((id) => !still.has(id));
    if (gone.length === 0) continue;
    touched.push(conflict.id);
    await rows(
      session,
      'delete from conflict_entries where conflict_id = $1 and time_entry_id = any($2::bigint[]) returning 1',
      [conflict.id, isGap(conflict.kind) || still.size > 0 ? gone : []],
    );
    if (isGap(conflict.kind)) await recountGap(session, conflict.id);
    await rows(
      session,
      `update conflicts set state = 'closed', closed_at = now(), closed_why = 'vanished', updated_at = now()
       where id = $1 and state in ('open', 'deciding')
         and ($2 or not exists (select 1 from conflict_entries where conflict_id = $1)) returning 1`,
      [conflict.id, !isGap(conflict.kind) && still.size === 0],
    );
  }
  return touched;
}

export type ConflictRow = {
  readonly id: string;
  readonly bridgeId: string;
  readonly kind: ConflictKind;
  readonly subject: string;
  readonly state: 'open' | 'deciding' | 'applying' | 'closed';
  readonly version: string;
  readonly facts: ConflictFacts;
  readonly snoozedUntil: Date | null;
  /** Set while a decision is applied and the same subject was asked again. */
  readonly reopenedWhy: { readonly code: string } | null;
};

const CASE_COLUMNS = `id, bridge_id as "bridgeId", kind, subject, state, version, facts, snoozed_until as "snoozedUntil",
  reopened_why as "reopenedWhy"`;

/** One case as it stands. */
export const findConflict = (session: Session, id: string): Promise<ConflictRow | undefined> =>
  row<ConflictRow>(session, `select ${CASE_COLUMNS} from conflicts where id = $1`, [id]);

/** Cases by id, held until the transaction ends; in the order of ids, so that two callers never deadlock. */
export async function holdConflicts(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ConflictRow>> {
  const found = await rows<ConflictRow>(
    session,
    `select ${CASE_COLUMNS} from conflicts where id = any($1::bigint[]) order by id for update`,
    [[...ids]],
  );
  return new Map(found.map((conflict) => [conflict.id, conflict]));
}

export type ConflictMove = { readonly id: string; readonly why?: unknown };

/** Compare and set: those in one of the states `from` move. `why` is kept as the reason of being open again. */
export async function moveConflicts(
  session: Session,
  moves: readonly ConflictMove[],
  from: readonly string[],
  to: 'open' | 'deciding' | 'applying',
): Promise<void> {
  if (moves.length === 0) return;
  await rows(
    session,
    `update conflicts c set state = $2, reopened_why = m.why, updated_at = now(),
       listed_since = case when $2 = 'open' then now() else c.listed_since end
     from unnest($3::bigint[], $4::jsonb[]) as m (id, why) where c.id = m.id and c.state = any($1::text[]) returning 1`,
    [
      [...from],
      to,
      moves.map((m) => m.id),
      moves.map((m) => (m.why === null || m.why === undefined ? null : JSON.stringify(m.why))),
    ],
  );
}

/** Closes cases by the decisions that settled them. */
export async function closeConflicts(
  session: Session,
  closings: readonly { readonly conflictId: string; readonly decisionId: string }[],
): Promise<void> {
  if (closings.length === 0) return;
  await rows(
    session,
    `update conflicts c set state = 'closed', closed_at = now(), closed_why = 'decided', closing_decision_id = m.decision_id,
       updated_at = now()
     from unnest($1::bigint[], $2::uuid[]) as m (id, decision_id) where c.id = m.id and c.state <> 'closed' returning 1`,
    [closings.map((c) => c.conflictId), closings.map((c) => c.decisionId)],
  );
}

/**
 * Out of sight until an instant or until something changes: its facts, or the number of articles of its ticket, which
 * counts from `articles` on, or from what was read last.
 */
export async function snoozeConflict(
  session: Session,
  id: string,
  until: string | null,
  untilChange: boolean,
  articles: number | null = null,
): Promise<void> {
  await rows(
    session,
    `update conflicts c set snoozed_until = $2, snoozed_until_change = $3, updated_at = now(),
       listed_since = case when $2::timestamptz is null and not $3 then now() else listed_since end,
       snoozed_articles = case when $3 then coalesce($4::int, (
         select t.article_count from tickets t join bridges b on b.source_connector_id = t.connector_id
         where b.id = c.bridge_id and t.ticket_id = c.ticket_id)) end
     where c.id = $1 and c.state = 'open' returning 1`,
    [id, until, untilChange, articles],
  );
}

export async function assignConflict(session: Session, id: string, assigneeId: string | null): Promise<void> {
  await rows(session, 'update conflicts set assignee_id = $2, updated_at = now() where id = $1 returning 1', [
    id,
    assigneeId,
  ]);
}
