import type { Decision } from './conflict.js';
import { entryDate } from './entry-date.js';
import type { Link } from './link.js';
import { DEFAULT_POLICIES, type BridgeRules, type Policies } from './policies.js';
import { reconcile } from './reconcile.js';
import type { Plan, Step } from './plan.js';
import type { BookedEntry, ReconcileInput } from './reconcile-input.js';
import type { TimeEntry } from './time-entry.js';
import type { Timesheet } from './timesheet.js';
import { toInstant } from './zone.js';

export const ZONE = 'Europe/Berlin';
export const NOW = '2026-11-23T12:00:00Z';

/** One entry of 30 minutes by Anna on ticket #50012 of "Acme", booked on Nov 20, 2026 at 10:00 UTC. */
export function entry(id: number, overrides: Partial<TimeEntry> = {}): TimeEntry {
  const bookedAt = overrides.bookedAt ?? '2026-11-20T10:00:00Z';
  return {
    id: `${id}`,
    source: '1',
    sourceId: `${1000 + id}`,
    ticketId: '50',
    ticketNumber: '50012',
    ticketTitle: 'Drucker druckt nicht',
    organizationId: '7',
    organizationName: 'Acme',
    ticketCustomerId: '9',
    ticketCustomerName: 'Jana Kunde',
    groupId: '1',
    ticketMerged: false,
    unitText: '30.0',
    seconds: 1800,
    activityTypeId: '3',
    activityTypeName: 'Support',
    userId: '4',
    userName: 'Anna Vogt',
    userEmail: 'anna@example.com',
    articleId: null,
    description: '',
    entryDate: entryDate(bookedAt, ZONE),
    bookedAt,
    updatedAt: bookedAt,
    readAt: NOW,
    deletedAt: null,
    unreadable: null,
    tags: [],
    ...overrides,
  };
}

export const booked = (one: TimeEntry, overrides: Partial<BookedEntry> = {}): BookedEntry => ({
  entry: one,
  frozen: { userId: '4', bookedAt: one.bookedAt, entryDate: entryDate(one.bookedAt, ZONE) },
  firstSeenAt: one.bookedAt,
  state: null,
  ...overrides,
});

/** A row as Kimai holds it for `entry(1)`: 09:30–10:00 UTC, mapped ids, our marker. */
export function row(id: number, overrides: Partial<Timesheet> = {}): Timesheet {
  const begin = overrides.begin ?? '2026-11-20T09:30:00Z';
  const seconds = overrides.seconds ?? 1800;
  return {
    externalId: `${id}`,
    userId: 'k4',
    projectId: 'p7',
    activityId: 'a3',
    begin,
    end: toInstant(Date.parse(begin) + seconds * 1000),
    seconds,
    day: entryDate(begin, ZONE),
    description: `#50012 Drucker druckt nicht`,
    tags: ['zammad'],
    exported: false,
    billable: true,
    rate: null,
    readAt: NOW,
    deletedAt: null,
    unreadable: null,
    ...overrides,
  };
}

export const marked = (id: number, sourceId: number, overrides: Partial<Timesheet> = {}): Timesheet =>
  row(id, { description: `#50012 Drucker druckt nicht [tb-x1-${sourceId}]`, ...overrides });

/** A link of a lead to rows as they were at the last agreement. */
export function link(lead: TimeEntry, rows: readonly Timesheet[], overrides: Partial<Link> = {}): Link {
  return {
    id: `L${lead.id}`,
    leadId: lead.id,
    sourceBase: {
      seconds: lead.seconds ?? 0,
      activityTypeId: lead.activityTypeId,
      ticketId: lead.ticketId,
      organizationId: lead.organizationId,
    },
    members: [{ entryId: lead.id, signedSeconds: lead.seconds ?? 0 }],
    rows: rows.map((one, index) => ({
      externalId: one.externalId,
      role: index === 0 ? 'main' : 'correction',
      sequence: index + 1,
      targetBase: one,
    })),
    roundingSeconds: 0,
    acceptedSeconds: 0,
    closed: false,
    ...overrides,
  };
}

export function bridge(policies: Partial<Policies> = {}, overrides: Partial<BridgeRules> = {}): BridgeRules {
  return {
    bridgeId: '1',
    code: 'x1',
    mode: 'live',
    timeZone: ZONE,
    startFrom: '2026-01-01',
    closedUntil: null,
    policies: { ...DEFAULT_POLICIES, ...policies },
    mappings: {
      activities: { '3': { targetId: 'a3' }, '5': { targetId: 'a5' } },
      users: { '4': { targetId: 'k4' } },
      customers: { 'organization:7': { targetId: 'p7' }, 'organization:8': { targetId: 'p8' } },
    },
    target: { allowsFuture: true, allowsOverlap: true },
    ...overrides,
  };
}

/** A hash that shows what it hashed: a test that fails says which fact moved. */
export const plainHash = (text: string): string => text;

export function input(parts: {
  entries?: readonly (TimeEntry | BookedEntry)[];
  links?: readonly Link[];
  rows?: readonly Timesheet[];
  bridge?: BridgeRules;
  rest?: Partial<ReconcileInput>;
}): ReconcileInput {
  return {
    bridge: parts.bridge ?? bridge(),
    now: NOW,
    entries: (parts.entries ?? []).map((one) => ('entry' in one ? one : booked(one))),
    links: parts.links ?? [],
    rows: parts.rows ?? [],
    linkedElsewhere: new Set(),
    rules: [],
    decisions: [],
    refusals: {},
    firstRun: false,
    hash: plainHash,
    ...parts.rest,
  };
}

/** Lets a person decide about the first question of a plan, and plans again with that decision. */
export function decideFirst(
  before: ReconcileInput,
  choice: Decision['choice'],
  parameters: Decision['parameters'] = {},
): Plan {
  const asked = asks(reconcile(before))[0];
  if (!asked) throw new Error('nothing is asked');
  return reconcile({ ...before, decisions: [decisionOn(asked, choice, parameters)] });
}

export const decisionOn = (
  asked: Extract<Step, { kind: 'ask' }>,
  choice: Decision['choice'],
  parameters: Decision['parameters'] = {},
): Decision => ({
  id: 'd1',
  subject: asked.facts.subject,
  kind: asked.facts.kind,
  version: asked.facts.version,
  choice,
  parameters,
  decidedAt: NOW,
});

export const asks = (plan: Plan): readonly Extract<Step, { kind: 'ask' }>[] =>
  plan.steps.filter((step) => step.kind === 'ask');

export const kinds = (plan: Plan): readonly string[] =>
  plan.steps.map((step) => (step.kind === 'ask' ? `ask ${step.facts.kind}` : step.kind));

export const stepOf = <K extends Step['kind']>(plan: Plan, kind: K): Extract<Step, { kind: K }> => {
  const found = plan.steps.find((step): step is Extract<Step, { kind: K }> => step.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${kinds(plan).join(', ')}`);
  return found;
};

export const statesOf = (plan: Plan): Readonly<Record<string, string>> =>
  Object.fromEntries(plan.outcomes.map((one) => [one.entryId, one.state]));
