import { addDays, instantAt, localDate, weekday } from './calendar.js';
import {
  ACTIVITY_TYPES,
  AGENTS,
  ON_CALL,
  ORGANIZATIONS,
  REMOTE,
  type Agent,
  type Organization,
} from './company.js';
import { seededRandom, type Random } from './random.js';
import { drawSubject, NIGHT_SUBJECT, type Subject } from './titles.js';

export type PlannedTicket = {
  readonly key: number;
  readonly subject: Subject;
  readonly organization: Organization;
  readonly contact: number;
  readonly owner: Agent;
  readonly createdAt: Date;
};
export type PlannedEntry = {
  readonly ticket: PlannedTicket;
  readonly agent: Agent;
  /** When it was booked: at the end of the work. */
  readonly at: Date;
  readonly minutes: number;
  readonly typeId: number | null;
  /** Text of the article it was booked with; null when it was booked without one. */
  readonly note: string | null;
};
export type Plan = { readonly tickets: readonly PlannedTicket[]; readonly entries: readonly PlannedEntry[] };

const DAYS_BACK = 80;
/** Of three entries one opens a ticket, until there are about 250. */
const NEW_TICKET = 0.33;
const WITHOUT_TYPE = 0.04;
const WITH_ARTICLE = 0.6;
const CORRECTIONS = 6;
const MINUTES = [10, 15, 15, 15, 20, 30, 30, 30, 45, 45, 60, 60, 75, 90, 120] as const;

type Draft = { readonly random: Random; readonly tickets: PlannedTicket[]; readonly entries: PlannedEntry[] };

function weighted<T extends { readonly share: number }>(random: Random, list: readonly [T, ...T[]]): T {
  let point = random.next() * list.reduce((sum, item) => sum + item.share, 0);
  for (const item of list) {
    point -= item.share;
    if (point < 0) return item;
  }
  return list[0];
}

function openTicket(draft: Draft, owner: Agent, workBegins: Date, subject?: Subject): PlannedTicket {
  const { random, tickets } = draft;
  const organization = weighted(random, ORGANIZATIONS);
  const ticket: PlannedTicket = {
    key: tickets.length,
    subject: subject ?? drawSubject(random),
    organization,
    contact: random.between(0, organization.contacts.length - 1),
    owner,
    createdAt: new Date(workBegins.getTime() - random.between(4, 25) * 60_000),
  };
  tickets.push(ticket);
  return ticket;
}

/** A ticket of the agent's last days, or a new one. */
function chooseTicket(draft: Draft, agent: Agent, workBegins: Date): PlannedTicket {
  const recent = draft.tickets.filter(
    (ticket) =>
      ticket.owner.key === agent.key &&
      ticket.subject !== NIGHT_SUBJECT &&
      workBegins.getTime() - ticket.createdAt.getTime() < 9 * 86_400_000,
  );
  const [first, ...rest] = recent;
  if (!first || draft.random.chance(NEW_TICKET)) return openTicket(draft, agent, workBegins);
  return draft.random.pick([first, ...rest]);
}

function drawType(random: Random): number | null {
  return random.chance(WITHOUT_TYPE) ? null : weighted(random, ACTIVITY_TYPES).zammadId;
}

/** One agent's day: work, book, pause, from about eight to before six. */
function workDay(draft: Draft, agent: Agent, date: string): void {
  const { random } = draft;
  let clock = 8 * 60 + 50 + random.between(0, 40);
  const jobs = random.between(1, 4);
  for (let job = 0; job < jobs; job += 1) {
    const minutes = random.pick(MINUTES);
    if (clock < 12 * 60 + 30 && clock + minutes > 12 * 60 + 15) clock = 13 * 60 + random.between(0, 10);
    if (clock + minutes > 17 * 60 + 50) return;
    const ticket = chooseTicket(draft, agent, instantAt(date, clock));
    const at = instantAt(date, clock + minutes, random.between(0, 59));
    const note = random.chance(WITH_ARTICLE) ? random.pick(ticket.subject.notes) : null;
    draft.entries.push({ ticket, agent, at, minutes, typeId: drawType(random), note });
    clock += minutes + random.between(12, 75);
  }
}

/** A night on call: an alarm after hours, every nine days or so. */
function nightOnCall(draft: Draft, agent: Agent, date: string): void {
  const { random } = draft;
  const clock = 20 * 60 + random.between(0, 90);
  const minutes = random.pick([30, 45, 60]);
  const ticket = openTicket(draft, agent, instantAt(date, clock), NIGHT_SUBJECT);
  const at = instantAt(date, clock + minutes);
  draft.entries.push({
    ticket,
    agent,
    at,
    minutes,
    typeId: ON_CALL,
    note: random.pick(ticket.subject.notes),
  });
}

function isAway(agent: Agent, daysAgo: number): boolean {
  return daysAgo > agent.sinceDays || (daysAgo <= agent.away[0] && daysAgo >= agent.away[1]);
}

/** Minus a quarter of an hour, booked a little later on the same ticket: agents correct themselves like that. */
function correct(draft: Draft): void {
  const { random, entries } = draft;
  const long = entries.filter(
    (entry) => entry.minutes >= 60 && entry.typeId === REMOTE && entry.agent.sinceDays === DAYS_BACK,
  );
  const step = Math.max(1, Math.floor(long.length / CORRECTIONS));
  for (const [at, entry] of long.entries()) {
    if (at % step !== 0) continue;
    const later = new Date(entry.at.getTime() + random.between(3, 9) * 60_000);
    entries.push({ ...entry, at: later, minutes: -15, note: null });
  }
}

function fill(draft: Draft, today: string): void {
  for (let daysAgo = DAYS_BACK; daysAgo >= 0; daysAgo -= 1) {
    const date = addDays(today, -daysAgo);
    const atWork = AGENTS.filter((agent) => !isAway(agent, daysAgo));
    const isWeekend = weekday(date) === 0 || weekday(date) === 6;
    if (!isWeekend) for (const agent of atWork) workDay(draft, agent, date);
    const onCall = AGENTS[daysAgo % 5];
    if (daysAgo % 9 === 4 && onCall) nightOnCall(draft, onCall, date);
  }
}

/** What the company did in the 80 days up to `now`, oldest first. The same day gives the same plan. */
export function planWork(now: Date): Plan {
  const today = localDate(now);
  const draft: Draft = { random: seededRandom(`demo ${today}`), tickets: [], entries: [] };
  fill(draft, today);
  correct(draft);
  const entries = draft.entries
    .filter((entry) => entry.at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const used = new Set(entries.map((entry) => entry.ticket.key));
  const tickets = draft.tickets
    .filter((ticket) => used.has(ticket.key) && ticket.createdAt <= now)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return { tickets, entries };
}
