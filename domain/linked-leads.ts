import type { GapKind } from './conflict.js';
import { mapEntry, type Booking, type Mapping } from './gaps.js';
import {
  isRenamed,
  secondsOf,
  standingRows,
  subjectOfLead,
  targetSeconds,
  type LeadCase,
} from './lead-case.js';
import { lockOf } from './locks.js';
import type { Link, LinkMember } from './link.js';
import type { Planning } from './planning.js';
import { question, type Question, type Settled } from './question.js';
import { reason, type Reason } from './reason.js';
import { reapplied } from './reapply.js';
import { lockInTheWay } from './rewrite-rows.js';
import {
  acceptedTotal,
  anyChange,
  hasNotedChange,
  isUnmoved,
  mergeLead,
  sourceChanges,
  targetChanges,
  type Merge,
  type SourceChanges,
} from './three-way.js';
import type { Timesheet } from './timesheet.js';
import { sumOf } from './netting.js';

/** A linked lead, or the gaps that a change of its type or customer now waits behind. */
export type LinkedAnswer =
  Settled | { readonly kind: 'mapping'; readonly about: LeadCase; readonly mapping: Unmapped };
type Unmapped = Exclude<Mapping, { ok: true }>;

/** Link first: several rows of one marker → what is gone → three-way merge (books.md, "From facts to a plan"). */
export function settleLinkedLead(planning: Planning, about: LeadCase, link: Link): LinkedAnswer {
  const extra = planning.markedRows.get(about.lead.entry.sourceId) ?? [];
  if (link.closed) return settleClosed(planning, about, link);
  if (extra.length > 0 && about.stands) return asked(extraRows(about, link, extra));
  if (!about.stands || about.seconds === 0) return settleWithoutTime(planning, about, link);
  const gone = about.rows.length - standingRows(about).length;
  if (gone > 0) return asked(targetDeleted(planning, about));
  if (link.rows.length === 0) return settleWithoutRows(planning, about, link);
  return settleMerge(planning, about, link);
}

const asked = (one: Question): Settled => ({ kind: 'question', question: one });
const agreed = (about: LeadCase, code: string): Settled => ({ kind: 'agreed', about, why: reason(code) });

/** An accepted deletion, or a kept row of a deleted entry: silent until the source says something else. */
function settleClosed(planning: Planning, about: LeadCase, link: Link): Settled {
  if (about.stands && about.seconds !== 0 && about.seconds !== sumOf(link.members)) {
    return asked(targetDeleted(planning, about));
  }
  // Its time is gone from the source as well: what was accepted about it is no difference any more.
  if (isSettled(about, link) || (about.stands && about.seconds !== 0))
    return agreed(about, 'closed_by_decision');
  return { kind: 'noted', about, why: reason('gone_on_both_sides'), closes: true };
}

/** What the link remembers of its parts and its accepted difference still says all. */
const isSettled = (about: LeadCase, link: Link): boolean =>
  acceptedTotal(about) === link.acceptedSeconds && !hasNewMembers(about, link);

function extraRows(about: LeadCase, link: Link, extra: readonly Timesheet[]): Question {
  const rows = [...standingRows(about).map((row) => row.now), ...extra];
  return question({
    kind: 'duplicate',
    subject: subjectOfLead(about.lead.entry.id),
    about,
    why: reason('several_with_marker', {
      timesheetIds: rows.map((row) => row.externalId),
      targetSeconds: secondsOf(rows),
      sourceSeconds: about.seconds,
      entryDay: about.lead.frozen.entryDate,
      ticketNumber: about.lead.entry.ticketNumber,
      linkId: link.id,
    }),
    candidates: rows.map((timesheet) => ({
      timesheet,
      score: 1,
      parts: { date: 1, duration: 1, person: 1, text: 1, project: 1 },
    })),
    secondsAtStake: about.seconds - secondsOf(rows),
  });
}

/** The entry is deleted, or corrections took all its time: its rows have to go, or a person keeps them. */
function settleWithoutTime(planning: Planning, about: LeadCase, link: Link): Settled {
  const rows = standingRows(about);
  if (rows.length === 0) {
    const settled = link.rows.length === 0 && isSettled(about, link);
    if (settled) return agreed(about, about.stands ? 'net_zero' : 'gone_on_both_sides');
    return { kind: 'noted', about, why: reason('gone_on_both_sides'), closes: !about.stands };
  }
  if (about.stands && sumOf(link.members) === 0) return agreed(about, 'kept_by_decision');
  const { policies, closedUntil } = planning.bridge;
  const locked = rows.map((row) => lockOf(row.now, closedUntil)).find((lock) => lock !== null);
  const wanted = about.stands ? policies.corrections === 'net' : policies.sourceDeletions === 'delete';
  const facts = {
    targetSeconds: targetSeconds(about),
    entryDay: about.lead.frozen.entryDate,
    ticketNumber: about.lead.entry.ticketNumber,
  };
  const base = {
    subject: subjectOfLead(about.lead.entry.id),
    about,
    secondsAtStake: -targetSeconds(about),
  };
  if (locked)
    return asked(
      question({ ...base, kind: 'locked', why: lockedReason(locked, about, -targetSeconds(about)) }),
    );
  const code = about.stands
    ? 'net_zero_written'
    : about.lead.entry.deletedAt
      ? 'source_deleted'
      : 'lead_not_positive';
  return asked(
    question({
      ...base,
      kind: 'source_deleted',
      why: reason(code, facts),
      // A row that people changed since is not ours alone any more: ask.
      automatic:
        wanted && targetChanges(about).length === 0 ? { choice: 'delete_target', parameters: {} } : null,
    }),
  );
}

function targetDeleted(planning: Planning, about: LeadCase): Question {
  const gone = about.rows.filter((row) => row.now.deletedAt !== null).map((row) => row.linked.targetBase);
  return question({
    kind: 'target_deleted',
    subject: subjectOfLead(about.lead.entry.id),
    about,
    booking: gone[0] ?? bookingOf(mapEntry(about.lead, planning.bridge)),
    why: reason('target_deleted', {
      timesheetIds: gone.map((row) => row.externalId),
      sourceSeconds: about.seconds,
      targetSeconds: secondsOf(gone),
      entryDay: about.lead.frozen.entryDate,
    }),
    secondsAtStake: about.seconds - targetSeconds(about),
  });
}

const bookingOf = (mapping: Mapping): Booking | null => (mapping.ok ? mapping.booking : null);

/** Rows were taken away at net zero, or a difference was settled outside Kimai; new time is written anew. */
function settleWithoutRows(planning: Planning, about: LeadCase, link: Link): LinkedAnswer {
  if (sumOf(link.members) === about.seconds) return agreed(about, 'kept_by_decision');
  const mapping = mapEntry(about.lead, planning.bridge);
  if (!mapping.ok) return { kind: 'mapping', about, mapping };
  return asked(
    question({
      kind: 'missing',
      subject: subjectOfLead(about.lead.entry.id),
      about,
      booking: mapping.booking,
      quiet: true,
      why: reason('missing', {
        sourceSeconds: about.seconds,
        entryDay: about.lead.frozen.entryDate,
        ticketNumber: about.lead.entry.ticketNumber,
      }),
      automatic:
        planning.bridge.policies.sourceEdits === 'auto' ? { choice: 'create', parameters: {} } : null,
      secondsAtStake: about.seconds,
    }),
  );
}

function settleMerge(planning: Planning, about: LeadCase, link: Link): LinkedAnswer {
  const changes = sourceChanges(about, link);
  if (!anyChange(changes) && isUnmoved(about)) {
    const again = about.lead.reapply === true ? reapplied(planning, about) : null;
    return again ? asked(again) : settleUnmoved(about, link);
  }
  const mapping = mapEntry(about.lead, planning.bridge, changedKinds(changes));
  if (!mapping.ok) return { kind: 'mapping', about, mapping };
  const merge = mergeLead(about, changes, mapping.booking);
  if (merge.sourceChanged.length === 0 && merge.targetChanged.length === 0) {
    return anyChange(changes) ? noted(about, 'facts_noted') : settleUnmoved(about, link);
  }
  if (merge.differing.length === 0) return noted(about, 'both_moved_alike');
  return asked(mergeQuestion(planning, { about, link, merge, changes }));
}

/** What matters is as it was agreed; parts that moved and words are remembered, nothing is written. */
function settleUnmoved(about: LeadCase, link: Link): Settled {
  if (hasNewMembers(about, link)) return noted(about, 'facts_noted');
  return hasNotedChange(about) ? noted(about, 'words_noted') : agreed(about, 'in_agreement');
}

const noted = (about: LeadCase, code: string): Settled => ({
  kind: 'noted',
  about,
  why: reason(code),
  closes: false,
});

/** A mapping that is missing matters only where its own fact is what changed. */
const changedKinds = ({ type, customer }: SourceChanges): readonly GapKind[] => [
  ...(type ? (['unmapped_activity'] as const) : []),
  ...(customer ? (['unmapped_customer'] as const) : []),
];

/** The sum stayed and its parts moved: nothing to write, but the link remembers the parts. */
const hasNewMembers = ({ members }: LeadCase, { members: known }: Link): boolean =>
  members.length !== known.length || members.some((one) => !known.some((part) => isSamePart(one, part)));

const isSamePart = (one: LinkMember, other: LinkMember): boolean =>
  one.entryId === other.entryId && one.signedSeconds === other.signedSeconds;

type Moved = {
  readonly about: LeadCase;
  readonly link: Link;
  readonly merge: Merge;
  readonly changes: SourceChanges;
};

function mergeQuestion(planning: Planning, { about, link, merge, changes }: Moved): Question {
  const { policies } = planning.bridge;
  const bySource = merge.sourceChanged.length > 0;
  const byTarget = merge.targetChanged.length > 0;
  const difference = merge.wanted.seconds - merge.now.seconds;
  const base = {
    subject: subjectOfLead(about.lead.entry.id),
    about,
    merge,
    booking: {
      userId: merge.wanted.userId,
      projectId: merge.wanted.projectId,
      activityId: merge.wanted.activityId,
    },
    secondsAtStake: difference,
    quiet: bySource,
  };
  const facts = {
    fields: merge.differing,
    sourceSeconds: about.seconds,
    baseSeconds: merge.base.seconds,
    targetSeconds: merge.now.seconds,
    entryDay: about.lead.frozen.entryDate,
    ticketNumber: about.lead.entry.ticketNumber,
  };
  if (!bySource) {
    const taken = { ask: null, keep: 'keep_target', overwrite: 'take_source' } as const;
    const choice = taken[policies.targetEdits];
    const automatic = choice && { choice, parameters: {} };
    return question({ ...base, kind: 'target_changed', why: reason('target_changed', facts), automatic });
  }
  const lock = lockInTheWay(planning, {
    about,
    wanted: merge.wanted,
    now: merge.now,
    acceptedSeconds: 0,
    renamed: isRenamed(about),
    begin: null,
    by: { kind: 'policy' },
    why: reason('source_changed'),
  });
  const moved = changes.customer && merge.sourceChanged.includes('projectId');
  if (lock) {
    const why =
      moved && difference === 0
        ? reason('ticket_moved_locked', facts)
        : lockedReason(lock, about, difference, merge.sourceChanged);
    return question({ ...base, kind: 'locked', why });
  }
  if (byTarget) return question({ ...base, kind: 'mismatch', why: reason('both_changed', facts) });
  const takes = (policies.sourceEdits === 'auto' || isApplied(planning, about, link)) && !moved;
  return question({
    ...base,
    kind: 'mismatch',
    why: reason(moved ? 'ticket_moved' : 'source_changed', facts),
    automatic: takes ? { choice: 'take_source', parameters: {} } : null,
  });
}

/** All that changed are corrections that people applied to this entry: they have decided, and are not asked again. */
function isApplied({ decisions }: Planning, { lead, members }: LeadCase, link: Link): boolean {
  const held = new Map(link.members.map((member) => [member.entryId, member.signedSeconds]));
  const moved = members.filter((member) => held.get(member.entryId) !== member.signedSeconds);
  const applied = moved.filter(({ entryId }) => {
    const decision = decisions.get(subjectOfLead(entryId));
    return decision?.choice === 'apply_to' && decision.parameters.targetId === lead.entry.id;
  });
  const stay = [...held.keys()].every((id) => members.some(({ entryId }) => entryId === id));
  return applied.length > 0 && applied.length === moved.length && stay;
}

/** `fields`: what else changed in the source, for a difference of nothing. */
function lockedReason(
  lock: Reason,
  about: LeadCase,
  differenceSeconds: number,
  fields: readonly string[] = [],
): Reason {
  return reason(lock.code === 'nothing_left' ? 'row_exported' : `locked_${lock.code}`, {
    ...lock.facts,
    differenceSeconds,
    ...(differenceSeconds === 0 && { fields }),
    sourceSeconds: about.seconds,
    targetSeconds: targetSeconds(about),
    entryDay: about.lead.frozen.entryDate,
    ticketNumber: about.lead.entry.ticketNumber,
  });
}
