import type { Link } from '../link.js';
import type { EntryState } from '../plan.js';
import type { ReconcileInput } from '../reconcile-input.js';
import {
  byBooking,
  leadIdOf,
  leftAsItIs,
  makeQuestion,
  standsFor,
  subjectOf,
  type Books,
  type Case,
  type Memory,
  type Question,
  type Taken,
} from './books.js';
import { msOf } from './calendar.js';
import {
  acceptEffect,
  agreedEffect,
  askEffect,
  entriesOf,
  mapEffect,
  provisionEffect,
  skipEffect,
  type Effect,
} from './effects.js';
import { guarded } from './guards.js';
import { judgeLinked } from './linked.js';
import { gapSubjectOf, mappingOf, type Gap, type Mapping } from './mapping.js';
import { isEarly, netAll, type Netted, type Rest } from './netting.js';
import { seenFacts, seenGap } from './seen.js';
import { afterRefusal, settle } from './settling.js';
import type { Open } from './similar.js';
import { judgeUnlinked } from './unlinked.js';

/** What must come of both books: a line for each thing that is done, asked, or left. */
export type Expected = {
  readonly lines: readonly string[];
  /** Where each entry that is there stands afterwards. */
  readonly states: Readonly<Record<string, EntryState>>;
  /** Subject of a question → its facts, to be remembered when somebody decides it. */
  readonly seen: ReadonlyMap<string, string>;
};

type Behind = { readonly gap: Gap; readonly about: Case };
/** What has been said so far. */
type Said = { readonly effects: Effect[]; readonly behind: Behind[]; readonly seen: Map<string, string> };

/** Everything of one reconciliation, from the lists as they are. */
export function expectPlan(input: ReconcileInput, memory: Memory): Expected {
  const { cases, rests } = netWithDecisions(input, memory);
  const books: Books = { input, memory, cases, taken: takenBy(input) };
  const said: Said = { effects: [], behind: [], seen: new Map() };
  sayUnreadable(books, said);
  const linked: Question[] = [];
  const open: Open[] = [];
  for (const about of cases) {
    if (about.link) sayLinked(books, about, about.link, linked, said);
    else if (about.sum === 0) said.effects.push(agreedEffect(about));
    else {
      const mapping = mappingOf(about.lead, input);
      if ('booking' in mapping) open.push({ about, booking: mapping.booking });
      else leaveOut(about, mapping, said);
    }
  }
  const questions = [
    ...oncePerTicket(linked, input),
    ...judgeUnlinked(books, open),
    ...corrections(books, rests, linked, said),
  ];
  for (const question of questions.sort((a, b) => byBooking(a.about.lead, b.about.lead))) {
    const known = afterRefusal(books, question);
    said.seen.set(subjectOf(known.about), seenFacts(known));
    said.effects.push(...settle(books, known));
  }
  sayGaps(books, said);
  const effects = guarded(input, memory, said.effects, said.seen);
  return { lines: effects.map(({ line }) => line), states: statesOf(input, effects), seen: said.seen };
}

function sayLinked(books: Books, about: Case, link: Link, linked: Question[], said: Said): void {
  const verdict = judgeLinked(books, about, link);
  if (verdict.kind === 'question') linked.push(verdict.question);
  else if (verdict.kind === 'unmapped') leaveOut(about, verdict.mapping, said);
  else if (verdict.kind === 'agreed') said.effects.push(agreedEffect(about));
  else said.effects.push(noted(about, link, verdict.closes));
}

/** Nobody decided and nothing is written: seconds that moved within their minute are rounding, nothing is accepted. */
function noted(about: Case, link: Link, closes: boolean): Effect {
  if (closes) return acceptEffect(about, leftAsItIs(about), true);
  const before = link.members.reduce((sum, { signedSeconds }) => sum + signedSeconds, 0);
  if (about.sum === before) return acceptEffect(about, link.acceptedSeconds, false);
  const difference = standsFor(about) - about.sum;
  return acceptEffect(about, 0, false, Math.abs(difference) < 60 ? difference : link.roundingSeconds);
}

function leaveOut(about: Case, mapping: Exclude<Mapping, { booking: unknown }>, said: Said): void {
  if ('ignored' in mapping) said.effects.push(skipEffect(about));
  else said.behind.push(...mapping.gaps.map((gap) => ({ gap, about })));
}

/** Netted twice: what people decided about a correction counts for what is left over without it. */
function netWithDecisions(input: ReconcileInput, memory: Memory): Netted {
  const first = netAll(input, new Map());
  const applied = new Map<string, string>();
  for (const rest of first.rests) {
    const asked = correctionOf(rest, first.cases);
    const decision = input.decisions.find(({ subject }) => subject === subjectOf(asked.about));
    if (decision?.kind !== 'correction' || decision.choice !== 'apply_to') continue;
    const lead = asked.leftOver?.leads.find((one) => leadIdOf(one) === decision.parameters.targetId);
    const isSame = memory.seen.get(decision.id) === seenFacts(asked);
    if (lead && isSame && lead.sum + rest.seconds >= 0) applied.set(rest.entry.entry.id, leadIdOf(lead));
  }
  return netAll(input, applied);
}

/** What no lead takes is asked, with the leads of its ticket that have time. */
function correctionOf({ entry, seconds }: Rest, cases: readonly Case[]): Question {
  const leads = cases.filter(
    (one) => one.stands && one.sum > 0 && one.lead.entry.ticketId === entry.entry.ticketId,
  );
  const members = [{ entryId: entry.entry.id, signedSeconds: seconds }];
  const about: Case = { lead: entry, stands: true, members, sum: seconds, link: null, rows: [] };
  const leftOver = { seconds, leads };
  return makeQuestion({ kind: 'correction', about, atStake: seconds, quiet: true, leftOver });
}

/** A lead that turned negative: first its own rows are settled, then the correction that it is. */
const corrections = (
  books: Books,
  rests: readonly Rest[],
  linked: readonly Question[],
  said: Said,
): readonly Question[] =>
  rests.flatMap((rest) => {
    const question = correctionOf(rest, books.cases);
    if (linked.some(({ about }) => leadIdOf(about) === leadIdOf(question.about))) return [];
    const mapping = mappingOf(rest.entry, books.input);
    if ('booking' in mapping) return [question];
    leaveOut(question.about, mapping, said);
    return [];
  });

/** Entries of a ticket that moved to another customer are one question, unless one of them was refused before. */
function oncePerTicket(linked: readonly Question[], { refusals }: ReconcileInput): readonly Question[] {
  const isMoved = (one: Question): boolean => one.moved && !refusals[subjectOf(one.about)];
  /** What may still move, and what was billed already, are two questions. */
  const ticketOf = ({ about, kind }: Question): string => `${kind} ${about.lead.entry.ticketId}`;
  return linked.flatMap((question) => {
    if (!isMoved(question)) return [question];
    const [first, ...together] = linked.filter((one) => isMoved(one) && ticketOf(one) === ticketOf(question));
    if (first !== question) return [];
    const atStake = [first, ...together].reduce((sum, one) => sum + one.atStake, 0);
    return [{ ...question, together, atStake }];
  });
}

function sayUnreadable({ input, memory }: Books, { effects, seen }: Said): void {
  for (const booked of input.entries) {
    const { entry } = booked;
    const isReadable = entry.unreadable === null && entry.seconds !== null;
    if (isReadable || entry.deletedAt !== null || isEarly(booked, input)) continue;
    const about: Case = { lead: booked, stands: true, members: [], sum: 0, link: null, rows: [] };
    const subject = subjectOf(about);
    const facts = `unreadable ${subject} ${entry.unreadable ?? ''} ${entry.unitText}`;
    const decision = input.decisions.find((one) => one.subject === subject);
    const skipped = decision?.choice === 'skip' && memory.seen.get(decision.id) === facts;
    seen.set(subject, facts);
    effects.push(
      skipped ? skipEffect(about) : askEffect(about, { subject, kind: 'unreadable', entryIds: [entry.id] }),
    );
  }
}

function sayGaps({ input, memory }: Books, { behind, effects, seen }: Said): void {
  for (const subject of new Set(behind.map(({ gap }) => gapSubjectOf(gap)))) {
    const waiting = behind.filter(({ gap }) => gapSubjectOf(gap) === subject);
    const [first] = waiting;
    if (!first) continue;
    const entryIds = waiting.flatMap(({ about }) => entriesOf(about));
    seen.set(subject, seenGap(subject));
    const decision = input.decisions.find((one) => one.subject === subject);
    const targetId = decision?.choice === 'map' ? decision.parameters.targetId : undefined;
    const isDecided = decision?.choice === 'ignore' || targetId !== undefined;
    const isSame = decision && memory.seen.get(decision.id) === seenGap(subject);
    if (isDecided && isSame) effects.push(mapEffect(first.about, subject, targetId ?? null, entryIds));
    else if (isMade(first.gap, input)) effects.push(provisionEffect(first.about, first.gap.key, entryIds));
    else effects.push(askEffect(first.about, { subject, kind: first.gap.kind, entryIds }));
  }
}

/** Organizations only, and only where the policy says so. */
const isMade = ({ kind, key }: Gap, { bridge }: ReconcileInput): boolean =>
  bridge.policies.customers === 'create' && kind === 'unmapped_customer' && key.startsWith('organization:');

const takenBy = ({ rows }: ReconcileInput): Taken[] =>
  rows
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ userId, begin, end }) => ({
      userId,
      fromMs: msOf(begin),
      toMs: end === null ? Infinity : msOf(end),
    }));

const PRESSING: readonly EntryState[] = ['waiting', 'pending', 'skipped', 'agreed'];

/** The most pressing of all that is said about an entry; nothing said is agreed. */
function statesOf(input: ReconcileInput, effects: readonly Effect[]): Expected['states'] {
  const there = input.entries.filter(({ entry }) => entry.deletedAt === null);
  return Object.fromEntries(
    there.map((booked) => {
      const { id } = booked.entry;
      const said = effects.filter(({ entryIds }) => entryIds.includes(id)).map(({ state }) => state);
      const state = PRESSING.find((one) => said.includes(one)) ?? 'agreed';
      return [id, isEarly(booked, input) && said.length === 0 ? 'before_start' : state];
    }),
  );
}
