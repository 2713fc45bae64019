import type { Access, ObjectKind } from './access.js';
import { type Draft, isBillable, netSeconds } from './draft.js';
import type { Violation } from './forms/form.js';
import { formatDuration } from './forms/values.js';
import { computeRates } from './rates.js';
import type { KimaiState } from './state.js';
import type { KimaiCustomer, KimaiEntity, KimaiTimesheet } from './world.js';
import { dayOf } from './zones.js';

interface Level {
  readonly kind: ObjectKind;
  readonly entity: KimaiEntity;
  readonly includes: (row: KimaiTimesheet) => boolean;
}

/** What a draft would book: seconds and money, as Kimai reckons them before it stores the record. */
interface Booking {
  readonly seconds: number;
  readonly rate: number;
}

/**
 * Budgets that a stopped billable draft would overbook, on activity, project and customer. Spent is what billable
 * records booked, its own old row among them: in the month of the record for monthly budgets, else ever. Money by the
 * hour is reckoned with the duration that is stored, so a new record has none of it yet.
 */
export function overBudget(
  state: KimaiState,
  access: Access,
  draft: Draft,
  old?: KimaiTimesheet,
): readonly Violation[] {
  const seconds = netSeconds(draft);
  if (seconds === null || draft.project === null || !isBillable(state, draft)) return [];
  const { rate } = computeRates(state, draft, old?.duration ?? 0);
  const booking = { seconds, rate };
  if (old !== undefined && keepsBudget(state, draft, old, booking)) return [];
  return levels(state, draft).flatMap((level) => {
    const message = exceeded(state, access, draft, level, booking);
    return message === undefined ? [] : [{ path: level.kind, message }];
  });
}

/** An edit that touches nothing a budget counts is not checked again. */
function keepsBudget(
  state: KimaiState,
  draft: Draft,
  old: KimaiTimesheet,
  { seconds, rate }: Booking,
): boolean {
  const sameTime =
    seconds === old.duration && dayOf(draft.zone, draft.begin) === dayOf(draft.zone, old.begin);
  const samePlace = draft.project === old.project && draft.activity === old.activity;
  return sameTime && samePlace && rate === old.rate && isBillable(state, draft) === old.billable;
}

function levels(state: KimaiState, draft: Draft): readonly Level[] {
  const found: Level[] = [];
  if (draft.activity !== null) {
    const id = draft.activity;
    found.push({ kind: 'activity', entity: state.activity(id), includes: (row) => row.activity === id });
  }
  if (draft.project !== null) {
    const project = state.project(draft.project);
    const customer = state.customer(project.customer);
    found.push({ kind: 'project', entity: project, includes: (row) => row.project === project.id });
    const ofCustomer = (row: KimaiTimesheet) => state.project(row.project).customer === customer.id;
    found.push({ kind: 'customer', entity: customer, includes: ofCustomer });
  }
  return found.filter(({ entity }) => entity.budget > 0 || entity.timeBudget > 0);
}

function exceeded(
  state: KimaiState,
  access: Access,
  draft: Draft,
  { kind, entity, includes }: Level,
  { seconds, rate }: Booking,
): string | undefined {
  const month = dayOf(draft.zone, draft.begin).slice(0, 7);
  const counted = state.world.timesheets.filter(
    (row) =>
      row.billable &&
      includes(row) &&
      (entity.budgetType !== 'month' || dayOf(draft.zone, row.begin).startsWith(month)),
  );
  const own = counted.find((row) => row.id === draft.id);
  const money = counted.reduce((sum, row) => sum + row.rate, 0);
  const time = counted.reduce((sum, row) => sum + row.duration, 0);
  if (rate > 0 && entity.budget > 0 && money + rate - (own?.rate ?? 0) > entity.budget) {
    const { currency } = customerOf(state, draft);
    return usedUp(mayKnow(access, 'budget', kind), entity.budget, money, (sum) => amount(sum, currency));
  }
  if (seconds > 0 && entity.timeBudget > 0 && time + seconds - (own?.duration ?? 0) > entity.timeBudget)
    return usedUp(mayKnow(access, 'time', kind), entity.timeBudget, time, formatDuration);
  return undefined;
}

function customerOf(state: KimaiState, draft: Draft): KimaiCustomer {
  return state.customer(state.project(draft.project ?? 0).customer);
}

function amount(sum: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(sum);
}

/** The figures are told to who may see budgets of that kind anywhere, teams or not. */
function mayKnow(access: Access, right: string, kind: ObjectKind): boolean {
  return [`${right}_${kind}`, `${right}_teamlead_${kind}`, `${right}_team_${kind}`].some((name) =>
    access.may(name),
  );
}

function usedUp(isKnown: boolean, total: number, used: number, text: (sum: number) => string): string {
  if (!isKnown) return 'Sorry, the budget is used up.';
  const free = text(Math.max(total - used, 0));
  return `The budget is used up. Of the available ${text(total)}, ${text(used)} has been booked so far, ${free} can still be used.`;
}
