import type { Access, ObjectKind } from './access.js';
import { type Draft, isBillable, netSeconds } from './draft.js';
import type { Violation } from './forms/form.js';
import { formatDuration } from './forms/values.js';
import { computeRates } from './rates.js';
import type { KimaiState } from './state.js';
import type { KimaiEntity, KimaiTimesheet } from './world.js';
import { dayOf } from './zones.js';

interface Level {
  readonly kind: ObjectKind;
  readonly entity: KimaiEntity;
  readonly includes: (row: KimaiTimesheet) => boolean;
}

/**
 * Budgets that a stopped billable draft would overbook, on activity, project and customer. Spent is what other billable
 * records booked: in the month of the record for monthly budgets, else ever.
 */
export function overBudget(
  state: KimaiState,
  access: Access,
  draft: Draft,
  old?: KimaiTimesheet,
): readonly Violation[] {
  const seconds = netSeconds(draft);
  if (seconds === null || draft.project === null || !isBillable(state, draft)) return [];
  const { rate } = computeRates(draft, state.user(draft.user), seconds);
  if (old !== undefined && keepsBudget(state, draft, old, seconds, rate)) return [];
  return levels(state, draft).flatMap((level) => {
    const message = exceeded(state, access, draft, level, seconds, rate);
    return message === undefined ? [] : [{ path: level.kind, message }];
  });
}

/** An edit that touches nothing a budget counts is not checked again. */
function keepsBudget(
  state: KimaiState,
  draft: Draft,
  old: KimaiTimesheet,
  seconds: number,
  rate: number,
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
  seconds: number,
  rate: number,
): string | undefined {
  const month = dayOf(draft.zone, draft.begin).slice(0, 7);
  const counted = state.world.timesheets.filter(
    (row) =>
      row.billable &&
      row.id !== draft.id &&
      includes(row) &&
      (entity.budgetType !== 'month' || dayOf(draft.zone, row.begin).startsWith(month)),
  );
  const money = counted.reduce((sum, row) => sum + row.rate, 0);
  const time = counted.reduce((sum, row) => sum + row.duration, 0);
  if (rate > 0 && entity.budget > 0 && money + rate > entity.budget) {
    const text = (amount: number) => `€${amount.toFixed(2)}`;
    return usedUp(access.object('budget', kind, entity.teams), entity.budget, money, text);
  }
  if (seconds > 0 && entity.timeBudget > 0 && time + seconds > entity.timeBudget)
    return usedUp(access.object('time', kind, entity.teams), entity.timeBudget, time, formatDuration);
  return undefined;
}

function usedUp(mayKnow: boolean, total: number, used: number, text: (amount: number) => string): string {
  if (!mayKnow) return 'Sorry, the budget is used up.';
  const free = text(Math.max(total - used, 0));
  return `The budget is used up. Of the available ${text(total)}, ${text(used)} has been booked so far, ${free} can still be used.`;
}
