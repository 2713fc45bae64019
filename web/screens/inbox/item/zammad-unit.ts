import type { ConflictDetail } from '../../../data/conflicts';

export type UnitName = 'hours' | 'quarters' | 'minutes' | 'other';
/** A number as it stands in Zammad, and what it counts by the unit in force when it was booked. */
export type ZammadNumber = { readonly number: number; readonly unit: UnitName };

const NAMES: Readonly<Record<number, UnitName>> = { 60: 'hours', 15: 'quarters', 1: 'minutes' };

/**
 * The numbers that agents typed, in the order of the entries; empty when they do not add up to the seconds that are
 * shown, e.g. because the case is about an earlier state.
 */
export function zammadNumbers(entries: ConflictDetail['entries'], seconds: number | null): ZammadNumber[] {
  const read = entries.filter(({ deleted_at }) => deleted_at === null);
  const minutes = read.reduce((sum, entry) => sum + (entry.time_minutes ?? Number.NaN), 0);
  if (read.length === 0 || seconds === null || Math.abs(minutes * 60 - seconds) >= 1) return [];
  return read.map(({ unit_text, time_minutes }) => {
    const number = Number(unit_text);
    return { number, unit: NAMES[round((time_minutes ?? 0) / number)] ?? 'other' };
  });
}

const round = (value: number) => Math.round(value * 1000) / 1000;
