import type { KimaiUser } from './world.js';

/** What a record earns. */
export interface Rates {
  readonly rate: number;
  readonly internalRate: number;
  readonly hourlyRate: number | null;
  readonly fixedRate: number | null;
}

/** Rate of a record (`RateService`): nothing while running, the fixed rate, else hours times the hourly rate. */
export function computeRates(
  record: { readonly fixedRate: number | null; readonly hourlyRate: number | null },
  owner: KimaiUser,
  seconds: number | null,
): Rates {
  const { fixedRate, hourlyRate } = record;
  if (seconds === null) return { rate: 0, internalRate: 0, fixedRate, hourlyRate };
  if (fixedRate !== null) return { rate: fixedRate, internalRate: fixedRate, fixedRate, hourlyRate };
  const hourly = hourlyRate ?? owner.hourlyRate;
  const rate = Math.round(((hourly * seconds) / 3600) * 10_000) / 10_000;
  return { rate, internalRate: rate, fixedRate: null, hourlyRate: hourly };
}
