import type { Decision } from '../../domain/conflict.js';
import { customerKey, gapSubject } from '../../domain/gaps.js';
import type { BookedEntry, ReconcileInput } from '../../domain/reconcile-input.js';
import { rows, type Session } from '../sql.js';
import type { BridgeContext } from './bridge-rules.js';
import { refusedProvisions } from './provisions.js';

type Refusals = ReconcileInput['refusals'];

/** What the target answered to the last try, where that was a refusal; or that the writing was undone. By subject. */
export async function readRefusals(
  session: Session,
  context: BridgeContext,
  entries: readonly BookedEntry[],
): Promise<Refusals> {
  const leadIds = entries.map(({ entry }) => entry.id);
  return {
    ...(await refusedWrites(session, context, leadIds)),
    ...(await undoneWrites(session, context.rules.bridgeId, leadIds)),
    ...(await refusedCustomers(session, context, entries)),
  };
}

/**
 * The newest write of each question, if it was refused: nearly always one of its lead, for a deduction one of the lead
 * whose row gives the time. With what people had decided, also where the refusal put that out of force.
 */
async function refusedWrites(
  session: Session,
  { rules, targetConnectorId }: BridgeContext,
  leadIds: readonly string[],
): Promise<Refusals> {
  const subjects = leadIds.map((id) => `lead:${id}`);
  const found = await rows<{
    subject: string;
    code: string | null;
    quoted: string[] | null;
    sent: string | null;
    at: Date;
    decided: Decision[];
  }>(
    session,
    `with leads as (
       select unnest($2::bigint[]) as id
       union select k.lead_entry_id from decisions d
         join link_timesheets t on t.target_connector_id = $4 and t.external_id = d.parameters ->> 'targetId'
         join links k on k.id = t.link_id
       where d.bridge_id = $1 and d.subject = any($3::text[]) and d.choice = 'deduct'),
     newest as (
       select distinct on (subject) * from (
         select l.id, coalesce(l.step #>> '{step,subject}', 'lead:' || l.lead_entry_id) as subject, l.state, l.answer,
           l.step ->> 'desiredKey' as sent, l.answered_at as at
         from ledger l join leads on leads.id = l.lead_entry_id
         where l.bridge_id = $1 and l.undo_id is null and l.state in ('done', 'refused')) tries
       order by subject, id desc)
     select n.subject, n.answer ->> 'code' as code, n.answer -> 'quoted' as quoted, n.sent, n.at,
       (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'subject', d.subject, 'kind', d.kind, 'version', d.version,
           'choice', d.choice, 'parameters', d.parameters, 'decidedAt', d.decided_at) order by ${ABOUT_A_TRY}), '[]')
         from (select distinct on (${ABOUT_A_TRY}) * from decisions
           where bridge_id = $1 and subject = n.subject and state in ('applying', 'applied', 'failed')
             and (not ${ABOUT_A_TRY} or choice = 'edit_and_retry')
           order by ${ABOUT_A_TRY}, decided_at desc) d) as decided
     from newest n where n.state = 'refused'`,
    [rules.bridgeId, [...leadIds], subjects, targetConnectorId],
  );
  return Object.fromEntries(
    found.map(({ subject, code, quoted, sent, at, decided }) => [
      subject,
      { code: code ?? 'refused', quoted: quoted ?? [], sent: sent ?? '', at: at.toISOString(), decided },
    ]),
  );
}

/** The newest decision about the case itself comes first, then the newest edit of a try that did not end in a write. */
const ABOUT_A_TRY = `(kind in ('rejected', 'unknown_outcome', 'reverted'))`;

async function undoneWrites(
  session: Session,
  bridgeId: string,
  leadIds: readonly string[],
): Promise<Refusals> {
  const found = await rows<{ lead: string; at: Date }>(
    session,
    `select time_entry_id::text as lead, reverted_at as at from bridge_entries
     where bridge_id = $1 and time_entry_id = any($2::bigint[]) and reverted_at is not null`,
    [bridgeId, [...leadIds]],
  );
  return Object.fromEntries(
    found.map(({ lead, at }) => [
      `lead:${lead}`,
      { code: 'reverted', quoted: [], sent: '', at: at.toISOString() },
    ]),
  );
}

/** Customers that the target did not get, where the bridge makes them. */
async function refusedCustomers(
  session: Session,
  { rules }: BridgeContext,
  entries: readonly BookedEntry[],
): Promise<Refusals> {
  if (rules.policies.customers !== 'create') return {};
  const keys = [...new Set(entries.map(({ entry }) => customerKey(entry)))];
  const unmapped = keys.filter((key) => rules.mappings.customers[key] === undefined);
  if (unmapped.length === 0) return {};
  const found = await refusedProvisions(session, rules.bridgeId, unmapped);
  return Object.fromEntries(
    found.map(({ key, code, quoted, sent, at }) => [
      gapSubject({ kind: 'unmapped_customer', key }),
      { code, quoted, sent, at: at.toISOString() },
    ]),
  );
}
