import type { KimaiState } from './state.js';
import type { KimaiRate } from './world.js';

/** What a record earns. */
export interface Rates {
  readonly rate: number;
  readonly internalRate: number;
  readonly hourlyRate: number | null;
  readonly fixedRate: number | null;
}

/** What the rates of a record depend on. */
export interface Rated {
  readonly user: number;
  readonly project: number | null;
  readonly activity: number | null;
  readonly fixedRate: number | null;
  readonly hourlyRate: number | null;
}

/**
 * Rate of a record (`RateService`): nothing while running; the record's own rate, else that of its activity, project or
 * customer, else the user's; fixed, or hours times the hourly one.
 */
export function computeRates(state: KimaiState, record: Rated, seconds: number | null): Rates {
  if (seconds === null)
    return { rate: 0, internalRate: 0, fixedRate: record.fixedRate, hourlyRate: record.hourlyRate };
  const owner = state.user(record.user);
  const found = bestRate(state, record);
  const fixed = record.fixedRate ?? (found?.isFixed === true ? found.rate : null);
  const earned = (hourly: number) => Math.round(((hourly * seconds) / 3600) * 10_000) / 10_000;
  if (fixed !== null) {
    const internal = found?.isFixed === true ? found.internalRate : null;
    const byUser = owner.internalRate === null ? fixed : earned(owner.internalRate);
    return { rate: fixed, internalRate: internal ?? byUser, fixedRate: fixed, hourlyRate: record.hourlyRate };
  }
  const hourly = record.hourlyRate ?? found?.rate ?? owner.hourlyRate;
  const internal = found?.internalRate ?? owner.internalRate ?? hourly;
  return { rate: earned(hourly), internalRate: earned(internal), fixedRate: null, hourlyRate: hourly };
}

const SCORES = { customer: 1, project: 3, activity: 5 } as const;

/** The closest rate: of the activity before the project before the customer, the user's before everybody's. */
function bestRate(state: KimaiState, record: Rated): KimaiRate | undefined {
  if (state.world.rates.length === 0) return undefined;
  const customer = record.project === null ? null : state.project(record.project).customer;
  const of = { customer, project: record.project, activity: record.activity };
  const score = (rate: KimaiRate) => SCORES[rate.kind] + (rate.user === null ? 0 : 1);
  return state.world.rates
    .filter((rate) => rate.of === of[rate.kind] && (rate.user === null || rate.user === record.user))
    .sort((a, b) => score(b) - score(a))[0];
}
