import type { TimesheetQuery, TimeSource, TimeTarget } from '../connectors/port.js';
import type { Timesheet } from '../domain/timesheet.js';
import { inTransaction } from '../db/sql.js';
import { noteTimesheets } from '../db/stores/bridge-entries.js';
import { readBridgeContext } from '../db/stores/bridge-rules.js';
import { hasCatalogue, isCatalogueFresh, storeCatalogue } from '../db/stores/catalogue.js';
import { moveCursor, readCursor, type Cursor } from '../db/stores/cursors.js';
import { storeCapabilities } from '../db/stores/health.js';
import { countInRun } from '../db/stores/runs.js';
import { markTimesheetDeleted, stageTimesheets, unlistedTimesheets } from '../db/stores/stage-timesheets.js';
import type { Fetched, FetchInput } from './contract.js';
import type { ActivityDeps } from './deps.js';
import { notePower } from '../db/stores/token-risk.js';
import { retryProvisions } from '../db/stores/provisions.js';
import { noteChecks, type RunWarning } from '../db/stores/run-checks.js';
import { reason } from '../domain/reason.js';
import { cursorAt, sinceBeforeJump, type ReadingStart } from './reading-start.js';
import { refuseErrors } from './refuse-errors.js';
import { VANISH_AT_ONCE } from './vanish-at-once.js';

const CURSOR = 'timesheets';
/** `modified_at` is stamped before the commit, in whole seconds (kimai-api, section 10). */
const OVERLAP_MS = 5 * 60_000;
/** Of a ticket's sync: it looks for what was typed just now. What is stamped earlier than it shows, the next run finds. */
const RECENT = { cursor: 'timesheets-recent', overlapMs: 10_000 };
/** Rows this long before the bridge's start may still be the counterpart of its first entries. */
const WINDOW_DAYS = 7;

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/**
 * Whether the target's book was ever read whole. Before that (a new connector, a database that was restored) nothing says
 * that a row is not there already.
 */
export const isTargetRead = async (deps: ActivityDeps, connectorId: string): Promise<boolean> =>
  (await readCursor({ db: deps.db, tx: null }, connectorId, CURSOR)) !== null;

/** Brings the target's book up to date: the whole window (the only way to find deletions), or what was modified since. */
export async function fetchTarget(deps: ActivityDeps, input: FetchInput): Promise<Fetched> {
  const session = { db: deps.db, tx: null };
  const context = await readBridgeContext(session, input.bridgeId);
  const connectorId = context.targetConnectorId;
  const target = await deps.connectors.target(connectorId);
  if (!(await hasCatalogue(session, connectorId))) await fetchCatalogues(deps, input);
  // A ticket's own sync follows a run that looked; it stays at one call.
  if (input.runId !== null) {
    const check = await target.check('brief');
    refuseErrors(check, connectorId);
    if (check.capabilities['powerful'] === true) await notePower(session, connectorId);
  }
  const cursor = await readCursor(session, connectorId, CURSOR);
  const fromDay = dayBefore(context.rules.startFrom, WINDOW_DAYS);
  const seen = new Set<string>();
  const whole = cursor === null || input.full;
  const reading = whole
    ? await readPages(deps, connectorId, target, { fromDay }, seen)
    : await readModified(deps, connectorId, target, cursor);
  if (whole) {
    const { gone, warnings } = await missingRows(deps, connectorId, target, fromDay, seen);
    reading.changed += gone;
    await noteChecks(session, input.runId, 'target', { warnings });
  }
  await moveCursor(session, connectorId, CURSOR, cursorAt(reading.start, OVERLAP_MS));
  await countInRun(session, input.runId, { rowsRead: reading.read, rowsChanged: reading.changed });
  return { read: reading.read, changed: reading.changed, unreadable: reading.unreadable };
}

/**
 * What was modified in the target since anybody looked, for one ticket's sync: one call and few rows, however much the
 * last run wrote. The run's cursor stays, so that the run finds with its longer overlap what was committed late.
 */
export async function fetchRecentTarget(
  deps: ActivityDeps,
  bridge: { readonly bridgeId: string; readonly targetConnectorId: string },
): Promise<void> {
  const session = { db: deps.db, tx: null };
  const connectorId = bridge.targetConnectorId;
  const ofRun = await readCursor(session, connectorId, CURSOR);
  if (ofRun === null)
    return void (await fetchTarget(deps, { bridgeId: bridge.bridgeId, runId: null, full: false }));
  const recent = await readCursor(session, connectorId, RECENT.cursor);
  const target = await deps.connectors.target(connectorId);
  const since = recent !== null && recent.value > ofRun.value ? recent : ofRun;
  const { start } = await readModified(deps, connectorId, target, since);
  await moveCursor(session, connectorId, RECENT.cursor, cursorAt(start, RECENT.overlapMs));
}

/** What was modified since the last reading, by the target's clock: which may have been set back meanwhile. */
async function readModified(
  deps: ActivityDeps,
  connectorId: string,
  target: TimeTarget,
  cursor: Cursor,
): Promise<Reading> {
  const seen = new Set<string>();
  const modifiedAfter = cursor.value;
  const reading = await readPages(deps, connectorId, target, { modifiedAfter }, seen);
  const earlier = sinceBeforeJump(cursor, reading.start);
  if (earlier === null) return reading;
  const again = await readPages(deps, connectorId, target, { modifiedAfter: earlier }, seen);
  return { ...again, changed: reading.changed + again.changed, start: reading.start };
}

type Reading = {
  readonly start: ReadingStart;
  read: number;
  changed: number;
  unreadable: number;
};

async function readPages(
  deps: ActivityDeps,
  connectorId: string,
  target: TimeTarget,
  query: TimesheetQuery,
  seen: Set<string>,
): Promise<Reading> {
  let tally: Reading | null = null;
  for (let cursor: string | null = null; ;) {
    const page = await target.listTimesheets(query, cursor);
    tally ??= { start: page, read: 0, changed: 0, unreadable: 0 };
    tally.changed += await storeRows(deps, connectorId, page.items);
    tally.read += page.items.length;
    tally.unreadable += page.items.filter((item) => item.unreadable !== null).length;
    page.items.forEach((item) => seen.add(item.externalId));
    deps.heartbeat({ cursor: page.cursor });
    if (page.cursor === null) return tally;
    cursor = page.cursor;
  }
}

/** Stores rows and marks whom they concern; returns how many differ from what we held. */
export const storeRows = (
  deps: ActivityDeps,
  connectorId: string,
  items: readonly Timesheet[],
): Promise<number> =>
  inTransaction(deps.db, async (session) => {
    const changed = await stageTimesheets(session, connectorId, items);
    await noteTimesheets(session, connectorId, changed);
    return changed.length;
  });

/** Rows that were not listed; when nothing at all was, and there were many, none of them counts as deleted. */
async function missingRows(
  deps: ActivityDeps,
  connectorId: string,
  target: TimeTarget,
  fromDay: string,
  seen: ReadonlySet<string>,
): Promise<{ readonly gone: number; readonly warnings: readonly RunWarning[] }> {
  const unlisted = await unlistedTimesheets({ db: deps.db, tx: null }, connectorId, fromDay, seen);
  const empty = seen.size === 0 && unlisted.length > 0;
  const warnings = empty ? [reason('target_empty', { rowCount: unlisted.length })] : [];
  if (empty && unlisted.length > VANISH_AT_ONCE) return { gone: 0, warnings };
  return { gone: await proveGone(deps, connectorId, target, unlisted), warnings };
}

/** Offset paging can skip a row: each one that was not listed is read by itself, and only a 404 makes a tombstone. */
async function proveGone(
  deps: ActivityDeps,
  connectorId: string,
  target: TimeTarget,
  unlisted: readonly string[],
): Promise<number> {
  let gone = 0;
  for (const externalId of unlisted) {
    const found = await target.readTimesheet(externalId);
    deps.heartbeat({ proving: externalId });
    if (found !== null) await storeRows(deps, connectorId, [found]);
    else gone += await buryRow(deps, connectorId, externalId);
  }
  return gone;
}

/** A tombstone for a row whose GET answered 404. */
export const buryRow = (deps: ActivityDeps, connectorId: string, externalId: string): Promise<number> =>
  inTransaction(deps.db, async (session) => {
    await markTimesheetDeleted(session, connectorId, externalId, deps.now().toISOString());
    await noteTimesheets(session, connectorId, [externalId]);
    return 1;
  });

/** Users, projects, activities … of both systems; those that were read within `unlessWithinHours` are left. */
export async function fetchCatalogues(
  deps: ActivityDeps,
  { bridgeId, unlessWithinHours }: { readonly bridgeId: string; readonly unlessWithinHours?: number },
): Promise<void> {
  const session = { db: deps.db, tx: null };
  const { sourceConnectorId, targetConnectorId } = await readBridgeContext(session, bridgeId);
  const isDue = async (connectorId: string): Promise<boolean> =>
    unlessWithinHours === undefined || !(await isCatalogueFresh(session, connectorId, unlessWithinHours));
  if (await isDue(sourceConnectorId))
    await readSystem(deps, sourceConnectorId, await deps.connectors.source(sourceConnectorId));
  if (await isDue(targetConnectorId))
    await readSystem(deps, targetConnectorId, await deps.connectors.target(targetConnectorId));
}

/** What the other system is able to do and what it has to map; a system that is not fit to be used is refused. */
async function readSystem(
  deps: ActivityDeps,
  connectorId: string,
  system: TimeSource | TimeTarget,
): Promise<void> {
  const check = await system.check('full');
  refuseErrors(check, connectorId);
  const items = await system.catalogue();
  await inTransaction(deps.db, async (session) => {
    await storeCapabilities(session, connectorId, check.capabilities);
    await storeCatalogue(session, connectorId, items);
    await retryProvisions(session, connectorId);
  });
}

/** The target's catalogue alone, after it refused something that we took from it. */
export async function readTargetCatalogue(
  deps: ActivityDeps,
  connectorId: string,
  target: TimeTarget,
): Promise<void> {
  const items = await target.catalogue();
  await inTransaction(deps.db, (session) => storeCatalogue(session, connectorId, items));
}
