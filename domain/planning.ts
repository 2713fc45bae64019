import { compareIds } from './booking-order.js';
import type { Decision } from './conflict.js';
import type { Link } from './link.js';
import { groupBy, indexBy } from './group-by.js';
import { hasForeignMarker, findMarkers } from './marker.js';
import { Occupancy } from './occupancy.js';
import type { BridgeRules } from './policies.js';
import type { ReconcileInput } from './reconcile-input.js';
import type { Timesheet } from './timesheet.js';

/** Both books, indexed once, so that every look-up later costs the same however large they are. */
export type Planning = {
  readonly input: ReconcileInput;
  readonly bridge: BridgeRules;
  readonly rows: ReadonlyMap<string, Timesheet>;
  readonly linkByLead: ReadonlyMap<string, Link>;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Rows nobody has linked and no other marker claims: `person day` → rows. */
  readonly freeRows: ReadonlyMap<string, readonly Timesheet[]>;
  /** Unlinked rows that carry a marker of this bridge: source id → rows, by the marker's number, then lowest id first. */
  readonly markedRows: ReadonlyMap<string, readonly Timesheet[]>;
  /** Null where the target lets times overlap. */
  readonly occupancy: Occupancy | null;
};

export function preparePlanning(input: ReconcileInput): Planning {
  const { bridge } = input;
  const linked = new Set(input.linkedElsewhere);
  for (const link of input.links) for (const row of link.rows) linked.add(row.externalId);
  const unlinked = input.rows.filter((row) => row.deletedAt === null && !linked.has(row.externalId));
  return {
    input,
    bridge,
    rows: indexBy(input.rows, (row) => row.externalId),
    linkByLead: indexBy(input.links, (link) => link.leadId),
    decisions: indexBy(input.decisions, (decision) => decision.subject),
    freeRows: groupBy(unlinked.filter(isCandidate), (row) => freeRowsKey(row.userId, row.day)),
    markedRows: markedBySource(unlinked, bridge.code),
    occupancy: bridge.target.allowsOverlap
      ? null
      : new Occupancy(input.rows, input.occupied ?? [], bridge.timeZone),
  };
}

export const freeRowsKey = (userId: string, day: string): string => `${userId} ${day}`;

/** A running timer, an unreadable row, or one that some marker claims is nobody's match. */
const isCandidate = (row: Timesheet): boolean =>
  row.end !== null && row.unreadable === null && findMarkers(row.description).length === 0;

function markedBySource(rows: readonly Timesheet[], code: string): ReadonlyMap<string, readonly Timesheet[]> {
  const marked = new Map<string, Timesheet[]>();
  for (const row of rows) {
    const own = findMarkers(row.description).find((marker) => marker.code === code);
    if (!own || hasForeignMarker(row.description, { code, sourceId: own.sourceId })) continue;
    const known = marked.get(own.sourceId);
    if (known) known.push(row);
    else marked.set(own.sourceId, [row]);
  }
  for (const known of marked.values()) known.sort(byMarker);
  return marked;
}

/** The number in the marker of a row: 1 for the main one. */
export const sequenceOf = (row: Timesheet): number => findMarkers(row.description)[0]?.sequence ?? 1;

const byMarker = (a: Timesheet, b: Timesheet): number =>
  sequenceOf(a) - sequenceOf(b) || compareIds(a.externalId, b.externalId);
