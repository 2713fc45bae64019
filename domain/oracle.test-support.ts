import type { Decision } from './conflict.js';
import type { Link } from './link.js';
import type { Plan, Step } from './plan.js';
import type { TimeEntry } from './time-entry.js';
import type { DesiredTimesheet, Timesheet } from './timesheet.js';

/*
 * A slow, obvious model of both books: plain lists, and what an honest worker does with each step. It shares no code
 * with what it checks; it only speaks the same types.
 */
export type World = {
  entries: TimeEntry[];
  rows: Timesheet[];
  links: Link[];
  decisions: Decision[];
  nextRow: number;
  /** Everything that was ever written to Kimai, in order. */
  writes: string[];
};

export const emptyWorld = (): World => ({
  entries: [],
  rows: [],
  links: [],
  decisions: [],
  nextRow: 1,
  writes: [],
});

/** Does what the plan says, one step after the other; refuses what an honest Kimai or database would refuse. */
export function applyPlan(world: World, plan: Plan): void {
  for (const step of plan.steps) applyStep(world, step);
}

function applyStep(world: World, step: Step): void {
  if (step.kind === 'create') {
    const row = asRow(`${world.nextRow++}`, step.desired);
    world.rows.push(row);
    world.writes.push(`create ${row.externalId}`);
    const before = world.links.find((link) => link.leadId === step.leadId);
    const rows = [
      ...(before?.rows ?? []).filter((one) => isThere(world, one.externalId)),
      { externalId: row.externalId, role: step.role, sequence: step.sequence, targetBase: row },
    ];
    putLink(world, { step, rows, accepted: step.acceptedSeconds, written: true });
  }
  if (step.kind === 'update') {
    const old = rowOf(world, step.row.externalId);
    if (old.exported) throw new Error(`wrote to exported row ${old.externalId}`);
    const row = { ...asRow(old.externalId, step.desired), tags: old.tags, billable: old.billable };
    world.rows = world.rows.map((one) => (one.externalId === old.externalId ? row : one));
    world.writes.push(`update ${row.externalId}`);
    const known = world.links.find((link) => link.leadId === step.leadId)?.rows ?? [
      { externalId: row.externalId, role: 'main' as const, sequence: 1, targetBase: row },
    ];
    const rows = known.map((one) => ({ ...one, targetBase: rowOf(world, one.externalId) }));
    putLink(world, { step, rows, accepted: step.acceptedSeconds, written: true });
  }
  if (step.kind === 'delete') {
    const old = rowOf(world, step.row.externalId);
    if (old.exported) throw new Error(`deleted exported row ${old.externalId}`);
    world.rows = world.rows.filter((one) => one.externalId !== old.externalId);
    world.writes.push(`delete ${old.externalId}`);
    const before = world.links.find((link) => link.leadId === step.leadId);
    if (!before || step.linkId === null) return;
    const rows = before.rows.filter((one) => one.externalId !== old.externalId);
    putLink(world, { step, rows, accepted: 0, written: true, closed: step.closes });
  }
  if (step.kind === 'adopt' || step.kind === 'accept') {
    const before = world.links.find((link) => link.leadId === step.leadId);
    const rows = step.rows.map((row, index) => ({
      ...(before?.rows.find((one) => one.externalId === row.externalId) ?? {
        externalId: row.externalId,
        role: index === 0 ? ('main' as const) : ('correction' as const),
        sequence: index + 1,
      }),
      targetBase: row,
    }));
    putLink(world, {
      step,
      rows,
      accepted: step.acceptedSeconds,
      ...(step.kind === 'accept' ? { rounding: step.roundingSeconds } : {}),
      written: false,
      closed: step.kind === 'accept' && step.closes,
    });
  }
}

function putLink(
  world: World,
  parts: {
    step: Extract<Step, { members: Link['members'] }>;
    rows: Link['rows'];
    accepted: number;
    written: boolean;
    rounding?: number;
    closed?: boolean;
  },
): void {
  const { step } = parts;
  const before = world.links.find((link) => link.leadId === step.leadId);
  const target = parts.rows.reduce((sum, one) => sum + one.targetBase.seconds, 0);
  const source = step.members.reduce((sum, one) => sum + one.signedSeconds, 0);
  const link: Link = {
    id: `L${step.leadId}`,
    leadId: step.leadId,
    sourceBase: step.sourceBase,
    members: step.members,
    rows: parts.rows,
    roundingSeconds: parts.written
      ? target - source - parts.accepted
      : (parts.rounding ?? before?.roundingSeconds ?? 0),
    acceptedSeconds: parts.accepted,
    closed: parts.closed ?? false,
  };
  const taken = world.links.filter((one) => one.leadId !== step.leadId).flatMap((one) => one.rows);
  for (const row of parts.rows) {
    if (taken.some((one) => one.externalId === row.externalId))
      throw new Error(`row ${row.externalId} is linked twice`);
  }
  world.links = [...world.links.filter((one) => one.leadId !== step.leadId), link];
}

const isThere = (world: World, id: string): boolean =>
  world.rows.some((row) => row.externalId === id && row.deletedAt === null);

function rowOf(world: World, id: string): Timesheet {
  const row = world.rows.find((one) => one.externalId === id && one.deletedAt === null);
  if (!row) throw new Error(`row ${id} is not there`);
  return row;
}

const asRow = (externalId: string, desired: DesiredTimesheet): Timesheet => ({
  externalId,
  userId: desired.userId,
  projectId: desired.projectId,
  activityId: desired.activityId,
  begin: desired.beginAt,
  end: desired.endAt,
  seconds: desired.seconds,
  day: desired.day,
  description: desired.description,
  tags: desired.tags,
  exported: false,
  billable: desired.billable ?? true,
  rate: null,
  readAt: '2026-11-23T12:00:00Z',
  deletedAt: null,
  unreadable: null,
});

/** Σ of what stands in Kimai. */
export const totalInKimai = (world: World): number =>
  world.rows.reduce((sum, row) => (row.deletedAt === null ? sum + row.seconds : sum), 0);

/** Σ of what Zammad says, corrections included. */
export const totalInZammad = (world: World): number =>
  world.entries.reduce((sum, one) => (one.deletedAt === null ? sum + (one.seconds ?? 0) : sum), 0);
