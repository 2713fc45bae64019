import type { Page, SourceEntry, SourceTicket, TimeSource } from '../connectors/port.js';
import type { Instant } from '../domain/time-entry.js';
import { inTransaction } from '../db/sql.js';
import { bookUnknownEntries, noteEntries } from '../db/stores/bridge-entries.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { moveCursor, readCursor, type Cursor } from '../db/stores/cursors.js';
import { countInRun } from '../db/stores/runs.js';
import {
  markEntriesDeleted,
  stageEntries,
  stageTickets,
  stageUnreadable,
  unlistedEntries,
  type PresentEntry,
} from '../db/stores/stage-entries.js';
import { ticketsOutOfSum, unknownTickets } from '../db/stores/ticket-sums.js';
import { coverDeliveries, newestDelivery } from '../db/stores/webhook-deliveries.js';
import type { Fetched, FetchInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { noteChecks, type RunWarning } from '../db/stores/run-checks.js';
import { reason } from '../domain/reason.js';
import { controlTotals } from './control-totals.js';
import { stageTicketReading } from './fetch-ticket.js';
import { cursorAt, sinceBeforeJump, type ReadingStart } from './reading-start.js';
import { VANISH_AT_ONCE } from './vanish-at-once.js';
import { refuseChangedSettings } from './refuse-errors.js';

/** Reads again what the source may have stamped before it committed (zammad-api: keep an overlap). */
const OVERLAP_MS = 10 * 60_000;
const CURSOR = 'entries';
const TICKETS_A_CALL = 200;
/** Months that a full comparison controls by the source's own report: a first reading more than the nightly ones. */
const MONTHS = { first: 12, nightly: 2 };

type Tally = { read: number; changed: number; unreadable: number };

/**
 * Brings the source's book up to date: everything, or what was touched since the last complete reading. That covers
 * whatever webhooks told before it began.
 */
export async function fetchSource(deps: ActivityDeps, input: FetchInput): Promise<Fetched> {
  const session = { db: deps.db, tx: null };
  const { sourceConnectorId: connectorId, rules } = await readBridgeContext(session, input.bridgeId);
  const source = await deps.connectors.source(connectorId);
  await refuseChangedSettings(deps, source, connectorId);
  const cursor = await readCursor(session, connectorId, CURSOR);
  const reader = new SourceReader(deps, connectorId, source);
  const coveredUpTo = await newestDelivery(session, input.bridgeId);
  const whole = cursor === null || input.full;
  const start = whole ? await reader.readAll(cursor) : await reader.readChanged(cursor);
  if (whole && input.runId !== null) {
    const months = {
      from: rules.startFrom.slice(0, 7),
      most: cursor === null ? MONTHS.first : MONTHS.nightly,
    };
    const catchUp = async (): Promise<void> => void (await reader.readChanged(cursorAt(start, 0)));
    const control = await controlTotals(deps, connectorId, source, months, catchUp);
    const warnings = [...reader.warnings, ...control.warnings];
    await noteChecks(session, input.runId, 'source', { control: control.totals, warnings });
  }
  await bookUnknownEntries(session, input.bridgeId);
  await moveCursor(session, connectorId, CURSOR, cursorAt(start, OVERLAP_MS));
  await coverDeliveries(session, { bridgeId: input.bridgeId, ticketId: null, upTo: coveredUpTo });
  await countInRun(session, input.runId, { read: reader.tally.read, changed: reader.tally.changed });
  return reader.tally;
}

class SourceReader {
  readonly tally: Tally = { read: 0, changed: 0, unreadable: 0 };
  readonly warnings: RunWarning[] = [];

  constructor(
    readonly deps: ActivityDeps,
    readonly connectorId: string,
    readonly source: TimeSource,
  ) {}

  /**
   * Every entry, and the tickets that were touched since the last reading; then proof for entries that were there before
   * and are not now.
   */
  async readAll(last: Cursor | null): Promise<ReadingStart> {
    const seen = new Set<string>();
    const start = await this.pages(
      (cursor) => this.source.listAll(cursor),
      (page) => page.items.forEach((item) => seen.add(item.sourceId)),
    );
    if (last !== null) await this.readTouchedTickets(sinceBeforeJump(last, start) ?? last.value);
    await this.readUnknownTickets();
    const suspects = await unlistedEntries({ db: this.deps.db, tx: null }, this.connectorId, seen);
    if (seen.size === 0 && suspects.length > 0)
      this.warnings.push(reason('source_empty', { entryCount: suspects.length }));
    if (seen.size > 0 || suspects.length <= VANISH_AT_ONCE) await this.proveGone(suspects);
    return start;
  }

  /** What was touched since; tickets whose sum no longer fits are read whole, which finds deletions. */
  async readChanged(last: Cursor): Promise<ReadingStart> {
    const start = await this.pages((cursor) => this.source.listChanged(last.value, cursor));
    const earlier = sinceBeforeJump(last, start);
    if (earlier !== null) await this.pages((cursor) => this.source.listChanged(earlier, cursor));
    const touched = await this.readTouchedTickets(earlier ?? last.value);
    await this.readUnknownTickets();
    for (const ticketId of await ticketsOutOfSum({ db: this.deps.db, tx: null }, this.connectorId, touched)) {
      await stageTicketReading(this.deps, this.connectorId, this.source, ticketId);
      this.deps.heartbeat({ ticketId });
    }
    return start;
  }

  /** Titles, customers, merges and sums: a full listing of entries tells none of them. */
  async readTouchedTickets(since: Instant): Promise<readonly string[]> {
    const touched: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: Page<SourceTicket> = await this.source.listChangedTickets(since, cursor);
      await this.storeTickets(page.items, page.readAt);
      touched.push(...page.items.map((ticket) => ticket.ticketId));
      this.deps.heartbeat({ tickets: touched.length });
      cursor = page.cursor;
    }
    return touched;
  }

  /** Pages until the source says there are no more; each is stored before the next is asked for. */
  async pages(
    ask: (cursor: string | null) => Promise<Page<SourceEntry>>,
    look: (page: Page<SourceEntry>) => void = () => undefined,
  ): Promise<ReadingStart> {
    let start: ReadingStart | null = null;
    for (let cursor: string | null = null; ;) {
      const page = await ask(cursor);
      start ??= page;
      await this.storePage(page);
      look(page);
      this.deps.heartbeat({ cursor: page.cursor });
      if (page.cursor === null) return start;
      cursor = page.cursor;
    }
  }

  async storePage(page: Page<SourceEntry>): Promise<void> {
    await inTransaction(this.deps.db, async (session) => {
      const staged = await stageEntries(session, this.connectorId, page.items, page.readAt);
      const flagged = await stageUnreadable(session, this.connectorId, page.unreadable, page.readAt);
      await noteEntries(session, this.connectorId, [...staged.changed, ...flagged.changed]);
      this.tally.read += page.items.length + page.unreadable.length;
      this.tally.changed += staged.changed.length + flagged.changed.length;
      this.tally.unreadable += page.unreadable.length;
    });
  }

  async storeTickets(tickets: readonly SourceTicket[], readAt: Instant): Promise<void> {
    await inTransaction(this.deps.db, async (session) => {
      const staged = await stageTickets(session, this.connectorId, tickets, readAt);
      await noteEntries(session, this.connectorId, staged.changed);
    });
  }

  async readUnknownTickets(): Promise<void> {
    const ids = await unknownTickets({ db: this.deps.db, tx: null }, this.connectorId);
    for (let at = 0; at < ids.length; at += TICKETS_A_CALL) {
      const readAt = this.deps.now().toISOString(); // before it is asked for, like every reading's
      const tickets = await this.source.readTickets(ids.slice(at, at + TICKETS_A_CALL));
      await this.storeTickets(tickets, readAt);
      this.deps.heartbeat({ tickets: at });
    }
  }

  async proveGone(suspects: readonly PresentEntry[]): Promise<void> {
    for (const suspect of suspects) {
      const askedAt = this.deps.now().toISOString();
      const gone = (await this.source.entryExists(suspect.source_id, suspect.ticket_id)) === 'gone';
      this.deps.heartbeat({ proving: suspect.source_id });
      if (!gone) continue;
      await inTransaction(this.deps.db, async (session) => {
        await markEntriesDeleted(session, [suspect.id], askedAt);
        await noteEntries(session, this.connectorId, [suspect.id]);
      });
      this.tally.changed += 1;
    }
  }
}
