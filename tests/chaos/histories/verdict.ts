import { inTransaction, rows, type Session } from '../../../db/sql.js';
import { firstBrokenAudit } from '../../../db/stores/audit.js';
import { readSums } from '../../../db/stores/sums.js';
import { AGENTS, type Company, type Sheet } from '../stage/company.js';
import type { Exported } from './books.js';

export type Verdict = {
  /** In words; empty when everything is as promised. */
  readonly findings: readonly string[];
  /** Ticket and person: how many come out exactly, how many differ for a reason that has a name. */
  readonly exact: number;
  readonly explained: number;
};

const markerOf = (code: string, { description }: Pick<Sheet, 'description'>): string | undefined =>
  new RegExp(`\\[tb-${code}-(\\d+)(?:-\\d+)?\\]`).exec(description ?? '')?.[0];

/** What people saw and were told: rows as they were exported, and of each question whether its note is there. */
type Seen = { readonly exported: Exported; readonly asked: ReadonlyMap<string, boolean> };

/** Holds Kimai against Zammad by plain sums of what the two systems themselves say; shares no rule with the product. */
export async function judge(company: Company, session: Session, { exported, asked }: Seen): Promise<Verdict> {
  const [sheets, entries] = [await company.sheets(), await company.entries()];
  const findings = [
    ...doubledMarkers(sheets, company.code),
    ...touchedExports(sheets, exported),
    ...wrongNotes(asked, await company.notes()),
    ...(await ownBooks(session, company.bridge)),
  ];
  const reasons = await reasonsByTicketAndPerson(session, company.bridge);
  const typed = sheets.filter((sheet) => isTyped(sheet, company.code));
  const ours = sheets.filter((sheet) => !typed.includes(sheet));
  const taken = await takenSeconds(typed, session, company.bridge);
  let [exact, explained] = [0, 0];
  for (const { id, number } of company.tickets)
    for (const agent of AGENTS) {
      const zammad = entries
        .filter((entry) => entry.ticket_id === id && entry.created_by_id === agent.zammadUser)
        .reduce((sum, entry) => sum + Number(entry.time_unit) * 60, 0);
      const written = ours
        .filter((sheet) => sheet.user === agent.kimaiUser && isWrittenFor(sheet, company.code, number))
        .reduce((sum, sheet) => sum + sheet.duration, 0);
      const kimai = written + (taken.get(`${id}/${agent.zammadUser}`) ?? 0);
      if (zammad === kimai) exact += 1;
      else if (reasons.has(`${id}/${agent.zammadUser}`)) explained += 1;
      else
        findings.push(
          `ticket ${id}, agent ${agent.zammadUser}: Zammad says ${zammad} s, Kimai ${kimai} s, and nothing says why`,
        );
    }
  return { findings, exact, explained };
}

/**
 * Whatever Timebridge writes carries its marker from the start, and nobody takes one away here. What a person was answered
 * says nothing: a row may be there although Kimai's answer to who typed it was lost.
 */
export const isTyped = (sheet: Pick<Sheet, 'description'>, code: string): boolean =>
  markerOf(code, sheet) === undefined;

/**
 * A row that somebody typed by hand counts only when it was taken for an entry of Zammad, and then for the ticket and
 * person of that entry: linking writes nothing, so that its own words may name another ticket or none (books.md, "Links").
 */
async function takenSeconds(
  typed: readonly Sheet[],
  session: Session,
  bridge: string,
): Promise<ReadonlyMap<string, number>> {
  const links = await rows<{ id: string; ticket: string; person: string }>(
    session,
    `select t.external_id as id, e.ticket_id as ticket, e.user_id as person from link_timesheets t
     join links l on l.id = t.link_id join time_entries e on e.id = l.lead_entry_id
     where l.bridge_id = $1`,
    [bridge],
  );
  const found = new Map<string, number>();
  for (const { id, ticket, person } of links) {
    const sheet = typed.find((one) => one.id === Number(id));
    if (sheet === undefined) continue;
    const key = `${ticket}/${person}`;
    found.set(key, (found.get(key) ?? 0) + sheet.duration);
  }
  return found;
}

/**
 * Whether a row is written for a ticket: our own line says so. Words of people around it may name another one, in a row of
 * theirs that was linked and later changed by us.
 */
export function isWrittenFor(
  { description }: Pick<Sheet, 'description'>,
  code: string,
  number: string,
): boolean {
  const own = (description ?? '')
    .split('\n')
    .filter((line) => markerOf(code, { description: line }) !== undefined);
  return own.some((line) => new RegExp(`(^|\\D)${number}(\\D|$)`).test(line));
}

function doubledMarkers(sheets: readonly Sheet[], code: string): readonly string[] {
  const seen = new Map<string, number>();
  const findings: string[] = [];
  for (const { id, description } of sheets) {
    const marker = markerOf(code, { description });
    if (marker === undefined) continue;
    const before = seen.get(marker);
    if (before !== undefined) findings.push(`rows ${before} and ${id} both carry ${marker}`);
    seen.set(marker, id);
  }
  return findings;
}

function touchedExports(sheets: readonly Sheet[], exported: Exported): readonly string[] {
  const now = new Map(sheets.map((sheet) => [sheet.id, JSON.stringify(sheet)]));
  return [...exported]
    .filter(([id, then]) => now.get(id) !== then)
    .map(([id, then]) => `exported row ${id} was ${then} and is ${now.get(id) ?? 'gone'}`);
}

/** A question stands in a ticket once, or not at all where nobody was told that it does. */
function wrongNotes(asked: ReadonlyMap<string, boolean>, notes: readonly string[]): readonly string[] {
  return [...asked].flatMap(([askId, told]) => {
    const count = notes.filter((note) => note.includes(`[tb-q-${askId.slice(0, 8)}]`)).length;
    return count === 1 || (count === 0 && !told) ? [] : [`question ${askId} stands in ${count} notes`];
  });
}

/** What the installation's own books must show. */
async function ownBooks(session: Session, bridge: string): Promise<readonly string[]> {
  const { brokenSeconds } = await inTransaction(session.db, (tx) => readSums(tx, bridge));
  const broken = await firstBrokenAudit(session);
  const unaudited = await rows<{ id: string; records: string }>(
    session,
    `with told as (select (r ->> 'ledgerId')::bigint as id from audit_logs a join audit_details d on d.audit_id = a.id,
       jsonb_array_elements(d.details -> 'rows') r where a.action = 'page.written')
     select l.id, (select count(*) from told t where t.id = l.id) as records from ledger l
     where l.answered_at is not null and l.sent_at is not null
       and (select count(*) from told t where t.id = l.id) <> 1`,
  );
  return [
    ...(brokenSeconds === 0 ? [] : [`the sum is broken by ${brokenSeconds} s`]),
    ...(broken === null ? [] : [`the audit chain breaks at record ${broken}`]),
    ...unaudited.map(({ id, records }) => `write ${id} stands in ${records} audit records`),
  ];
}

/** Where the installation says that something differs, and why: an open question, a skip, an accepted difference. */
async function reasonsByTicketAndPerson(session: Session, bridge: string): Promise<ReadonlySet<string>> {
  const found = await rows<{ ticket: string; person: string }>(
    session,
    `select distinct e.ticket_id as ticket, e.user_id as person from time_entries e
     join bridge_entries b on b.time_entry_id = e.id
     left join links l on l.lead_entry_id = e.id
     where b.bridge_id = $1 and (b.state in ('waiting', 'skipped') or l.accepted_seconds <> 0
       or exists (select 1 from conflict_entries ce join conflicts c on c.id = ce.conflict_id
         where ce.time_entry_id = e.id and c.state <> 'closed'))`,
    [bridge],
  );
  return new Set(found.map(({ ticket, person }) => `${ticket}/${person}`));
}
