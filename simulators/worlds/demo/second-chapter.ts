import { KimaiHands, ZammadHands, type Entry, type Sheet } from './hands.js';
import { AGENTS, kimaiProjectId, ORGANIZATIONS, UNMAPPED } from './company.js';
import { addDays, localDate, monthStart } from './calendar.js';

/** What happened, one line each, for the page and for tests. */
export type ChapterReport = {
  readonly played: boolean;
  readonly told: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
};

/** A timesheet that Timebridge wrote, with the Zammad entry its marker names. */
type Written = { readonly sheet: Sheet; readonly entry: Entry };

const MARKER = /\[tb-[a-z0-9]+-(\d+)\]/;
/** Said in the last row that the chapter books, so that it is played once only. */
const PLAYED = 'Jahresgespräch vorbereitet';
/** The customer whose project ends in this chapter. */
const ENDED_PROJECT_ORGANIZATION = 6;

/** Entries first seen when they are older than this are asked about (a rule of Timebridge's books). */
const ASKED_AFTER_DAYS = 35;
/** So many rows of last month stay untouched until they are invoiced; edits of theirs then meet a lock. */
const KEPT_FOR_INVOICE = 8;

type Stage = {
  readonly zammad: ZammadHands;
  readonly kimai: KimaiHands;
  readonly today: string;
  readonly told: string[];
  readonly counts: Record<string, number>;
};

function tell(stage: Stage, kind: string, line: string): void {
  stage.told.push(line);
  stage.counts[kind] = (stage.counts[kind] ?? 0) + 1;
}

/** Timesheets with our marker whose entry is still what was written: one per ticket, so that no two stories meet. */
function writtenOnes(sheets: readonly Sheet[], entries: readonly Entry[]): Written[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const corrected = new Set(entries.filter((entry) => entry.minutes < 0).map((entry) => entry.ticketId));
  const tickets = new Set<number>();
  return sheets.flatMap((sheet) => {
    const id = Number(MARKER.exec(sheet.description ?? '')?.[1]);
    const entry = byId.get(id);
    const plain = entry && entry.minutes * 60 === sheet.duration && !corrected.has(entry.ticketId);
    if (!plain || sheet.exported || tickets.has(entry.ticketId)) return [];
    tickets.add(entry.ticketId);
    return [{ sheet, entry }];
  });
}

async function editInKimai(stage: Stage, { sheet }: Written, deltaMinutes: number): Promise<void> {
  await stage.kimai.setDuration(sheet, sheet.duration / 60 + deltaMinutes);
  tell(stage, 'target_changed', `Kimai ${sheet.id}: ${deltaMinutes} min`);
}

async function deleteInKimai(stage: Stage, { sheet }: Written): Promise<void> {
  await stage.kimai.remove(sheet.id);
  tell(stage, 'target_deleted', `Kimai ${sheet.id} deleted`);
}

async function editBoth(stage: Stage, { sheet, entry }: Written): Promise<void> {
  await stage.kimai.setDuration(sheet, sheet.duration / 60 + 30);
  await stage.zammad.correct(entry, entry.minutes + 15);
  tell(stage, 'mismatch', `Kimai ${sheet.id} and entry ${entry.id} both changed`);
}

async function deleteInZammad(stage: Stage, { entry }: Written): Promise<void> {
  await stage.zammad.remove(entry);
  tell(stage, 'source_deleted', `entry ${entry.id} deleted`);
}

async function editExported(stage: Stage, { entry }: Written, deltaMinutes: number): Promise<void> {
  await stage.zammad.correct(entry, entry.minutes + deltaMinutes);
  tell(stage, 'locked', `entry ${entry.id} of an exported row: ${deltaMinutes} min`);
}

/** Last month is invoiced: all its rows become exported in bulk, past Kimai's modification time. */
async function invoiceLastMonth(stage: Stage, sheets: readonly Sheet[]): Promise<void> {
  const from = monthStart(stage.today, -1);
  const until = monthStart(stage.today, 0);
  const rows = sheets.filter((sheet) => !sheet.exported && sheet.day >= from && sheet.day < until);
  await stage.kimai.exportInBulk(rows.map((sheet) => sheet.id));
  tell(stage, 'exported', `${rows.length} rows of ${from.slice(0, 7)} exported`);
}

/** Minus half an hour by somebody who never booked on that ticket. */
async function bookLoneNegative(stage: Stage, written: Written, entries: readonly Entry[]): Promise<void> {
  const { ticketId } = written.entry;
  const busy = new Set(entries.filter((entry) => entry.ticketId === ticketId).map((entry) => entry.userId));
  const agent = AGENTS.find((one) => one.key !== UNMAPPED.agentKey && !busy.has(one.zammadId));
  if (!agent) return;
  await stage.zammad.book({ ticketId, minutes: -20, typeId: 2, userId: agent.zammadId });
  tell(stage, 'correction', `-20 min by ${agent.firstname} ${agent.lastname} on ticket ${ticketId}`);
}

/** The customer's project ends, and somebody still books on one of its tickets. */
async function bookOnEndedProject(stage: Stage): Promise<void> {
  const organization = ORGANIZATIONS.find((one) => one.zammadId === ENDED_PROJECT_ORGANIZATION);
  const [agent] = AGENTS;
  if (!organization || !agent) return;
  await stage.kimai.endProject(kimaiProjectId(organization), addDays(stage.today, -1));
  const ticketId = await stage.zammad.newTicket(
    'Übergabe an neuen Dienstleister vorbereiten',
    `${organization.contacts[0].join('.')}@${organization.domain}`,
  );
  await stage.zammad.book({ ticketId, minutes: 45, typeId: 4, userId: agent.zammadId });
  tell(stage, 'rejected', `project of ${organization.name} ended, 45 min booked on ticket ${ticketId}`);
}

/** Work of seven weeks ago, entered only now by an import: too old to be written without asking. */
async function importOldEntry(stage: Stage, written: Written): Promise<void> {
  const [, agent] = AGENTS;
  if (!agent) return;
  const day = addDays(monthStart(stage.today, -1), 1);
  const ageDays = (Date.parse(stage.today) - Date.parse(day)) / 86_400_000;
  if (ageDays <= ASKED_AFTER_DAYS) return;
  const { ticketId } = written.entry;
  await stage.zammad.importEntry({
    ticketId,
    minutes: 50,
    typeId: 3,
    userId: agent.zammadId,
    at: `${day}T13:10:00.000Z`,
  });
  tell(stage, 'missing', `50 min of ${day} imported on ticket ${ticketId}`);
}

async function play(stage: Stage, written: readonly Written[], entries: readonly Entry[]): Promise<void> {
  const ordered = [...written].sort(
    (a, b) => a.sheet.day.localeCompare(b.sheet.day) || a.sheet.id - b.sheet.id,
  );
  const invoiced = ordered
    .filter(({ sheet }) => sheet.day < monthStart(stage.today, 0))
    .slice(0, KEPT_FOR_INVOICE);
  const pool = ordered.filter((one) => !invoiced.includes(one));
  const next = (): Written[] => pool.splice(Math.floor(pool.length * 0.7), 1);
  for (const minutes of [30, -5, 60, 15]) for (const one of next()) await editInKimai(stage, one, minutes);
  for (const one of [...next(), ...next()]) await deleteInKimai(stage, one);
  for (const one of [...next(), ...next()]) await editBoth(stage, one);
  for (const one of [...next(), ...next()]) await deleteInZammad(stage, one);
  for (const one of next()) await bookLoneNegative(stage, one, entries);
  await bookOnEndedProject(stage);
  for (const one of invoiced.slice(-1)) await importOldEntry(stage, one);
  await invoiceLastMonth(stage, await stage.kimai.sheets());
  for (const [at, minutes] of [60, -5, 15].entries()) {
    const one = invoiced[at * 2];
    if (one) await editExported(stage, one, minutes);
  }
  const yesterday = addDays(stage.today, -1);
  await stage.kimai.book({ userId: 2, project: 9, activity: 9, day: yesterday, minutes: 20, text: PLAYED });
}

/**
 * What happens in both systems after Timebridge has synced once: people edit, delete, invoice. It finds the rows
 * that Timebridge wrote by their marker; without any, or when it was played before, it changes nothing.
 */
export async function playSecondChapter(at: {
  readonly zammadUrl: string;
  readonly kimaiUrl: string;
}): Promise<ChapterReport> {
  const [zammad, kimai] = [new ZammadHands(at.zammadUrl), new KimaiHands(at.kimaiUrl)];
  const sheets = await kimai.sheets();
  const told: string[] = [];
  if (sheets.some((sheet) => sheet.description === PLAYED))
    return { played: false, told: ['played before'], counts: {} };
  const entries = await zammad.entries();
  const written = writtenOnes(sheets, entries);
  if (written.length === 0)
    return { played: false, told: ['Timebridge has written nothing yet'], counts: {} };
  const stage: Stage = { zammad, kimai, today: localDate(await zammad.now()), told, counts: {} };
  await play(stage, written, entries);
  return { played: true, told, counts: stage.counts };
}
