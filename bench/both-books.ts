import { createHash } from 'node:crypto';
import { entryDate } from '../domain/entry-date.js';
import type { Link } from '../domain/link.js';
import { DEFAULT_POLICIES, type BridgeRules } from '../domain/policies.js';
import type { BookedEntry, ReconcileInput } from '../domain/reconcile-input.js';
import type { Timesheet } from '../domain/timesheet.js';
import { toInstant } from '../domain/zone.js';

/** How the two books stand to each other before the measured run. */
export type Scenario = 'unchanged' | 'one_percent' | 'all_changed' | 'unlinked' | 'similar' | 'empty_target';

const ZONE = 'Europe/Berlin';
const PERSONS = 20;
const ENTRIES_PER_TICKET = 8;
const HALF_HOUR_MS = 1_800_000;
const READ_AT = '2026-11-23T12:00:00Z';

/** A service provider's books: tickets of several days and people, ten months, both systems side by side. */
export function bothBooks(count: number, scenario: Scenario): ReconcileInput {
  const entries: BookedEntry[] = [];
  const rows: Timesheet[] = [];
  const links: Link[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = bookedEntry(index);
    const row = rowOf(before, index, scenario);
    const linked = scenario === 'unchanged' || scenario === 'one_percent' || scenario === 'all_changed';
    const edited = scenario === 'all_changed' || (scenario === 'one_percent' && index % 100 === 0);
    entries.push(edited ? { ...before, entry: { ...before.entry, seconds: 2700 } } : before);
    if (scenario !== 'empty_target') rows.push(row);
    if (linked) links.push(linkOf(before, row));
  }
  return {
    bridge: bridgeRules(),
    now: READ_AT,
    entries,
    links,
    rows,
    linkedElsewhere: new Set(),
    rules: [],
    decisions: [],
    refusals: {},
    firstRun: true,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

const two = (value: number): string => `${value}`.padStart(2, '0');

/** Booked on ten months of weekdays between 07:00 and 15:45 UTC; a person's times differ within a day. */
function bookedAtOf(index: number): string {
  const slot = Math.floor(index / PERSONS);
  const [month, day] = [1 + (Math.floor(slot / 28) % 10), 1 + (slot % 28)];
  const quarter = Math.floor(slot / 280) % 36;
  return `2026-${two(month)}-${two(day)}T${two(7 + Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}:00Z`;
}

function bookedEntry(index: number): BookedEntry {
  const bookedAt = bookedAtOf(index);
  const day = entryDate(bookedAt, ZONE);
  const ticket = Math.floor(index / ENTRIES_PER_TICKET);
  const userId = `${index % PERSONS}`;
  return {
    entry: {
      id: `${index + 1}`,
      source: '1',
      sourceId: `${100_000 + index}`,
      ticketId: `${ticket}`,
      ticketNumber: `${500_000 + ticket}`,
      ticketTitle: `Drucker ${ticket} im Lager druckt nicht`,
      organizationId: `${ticket % 40}`,
      organizationName: `Kunde ${ticket % 40}`,
      ticketCustomerId: '9',
      ticketCustomerName: 'Jana Kunde',
      groupId: '1',
      ticketMerged: false,
      unitText: '30.0',
      seconds: 1800,
      activityTypeId: '3',
      activityTypeName: 'Support',
      userId,
      userName: `Agent ${userId}`,
      userEmail: `agent${userId}@example.com`,
      articleId: null,
      description: '',
      entryDate: day,
      bookedAt,
      updatedAt: bookedAt,
      readAt: READ_AT,
      deletedAt: null,
      unreadable: null,
      tags: [],
    },
    frozen: { userId, bookedAt, entryDate: day },
    firstSeenAt: bookedAt,
    state: null,
  };
}

function rowOf({ entry, frozen }: BookedEntry, index: number, scenario: Scenario): Timesheet {
  const endMs = Date.parse(entry.bookedAt);
  const description = {
    unlinked: `#${entry.ticketNumber} von Hand`,
    similar: `Wartung Drucker Lager ${index}`,
    other: `#${entry.ticketNumber} ${entry.ticketTitle} [tb-x1-${entry.sourceId}]`,
  };
  return {
    externalId: `${index + 1}`,
    userId: `k${frozen.userId}`,
    projectId: `p${entry.organizationId ?? ''}`,
    activityId: 'a3',
    begin: toInstant(endMs - HALF_HOUR_MS),
    end: toInstant(endMs),
    seconds: 1800,
    day: frozen.entryDate,
    description:
      scenario === 'unlinked' || scenario === 'similar' ? description[scenario] : description.other,
    tags: ['zammad'],
    exported: false,
    billable: true,
    rate: null,
    readAt: READ_AT,
    deletedAt: null,
    unreadable: null,
  };
}

function linkOf({ entry }: BookedEntry, row: Timesheet): Link {
  const { id, activityTypeId, ticketId, organizationId } = entry;
  return {
    id: `L${id}`,
    leadId: id,
    sourceBase: { seconds: 1800, activityTypeId, ticketId, organizationId },
    members: [{ entryId: id, signedSeconds: 1800 }],
    // As stored: a copy of the row, not the row itself.
    rows: [{ externalId: row.externalId, role: 'main', sequence: 1, targetBase: { ...row } }],
    roundingSeconds: 0,
    acceptedSeconds: 0,
    closed: false,
  };
}

const mapAll = (count: number, from: (index: number) => string, to: (index: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [from(index), { targetId: to(index) }]));

const bridgeRules = (): BridgeRules => ({
  bridgeId: '1',
  code: 'x1',
  mode: 'live',
  timeZone: ZONE,
  startFrom: '2026-01-01',
  closedUntil: null,
  policies: DEFAULT_POLICIES,
  mappings: {
    activities: { '3': { targetId: 'a3' } },
    users: mapAll(
      PERSONS,
      (index) => `${index}`,
      (index) => `k${index}`,
    ),
    customers: mapAll(
      40,
      (index) => `organization:${index}`,
      (index) => `p${index}`,
    ),
  },
  target: { allowsFuture: true, allowsOverlap: true },
});
