import type { Connector } from '../../../api/connectors/connector-shape.contract';

/** Zammad's names for the length of its number; `custom` is whatever people agreed on. */
export const UNITS = ['minute', 'quarter', 'hour', 'custom'] as const;
export type Unit = (typeof UNITS)[number];

const SECONDS = { minute: 60, quarter: 900, hour: 3600 } as const;
export const LONGEST_UNIT_SECONDS = 86_400;

/** Numbers as agents type them, for people to check a unit by. */
export const SAMPLES = [15, 30, 90] as const;

export function unitOf(secondsPerUnit: number): Unit {
  return UNITS.find((unit) => unit !== 'custom' && SECONDS[unit] === secondsPerUnit) ?? 'custom';
}

/** Whole seconds of one unit, or null when the minutes of a custom one cannot be read. */
export function secondsOfUnit(unit: Unit, customMinutes: string): number | null {
  if (unit !== 'custom') return SECONDS[unit];
  const text = customMinutes.trim().replace(',', '.');
  if (!/^\d{1,4}(?:\.\d{1,2})?$/.test(text)) return null;
  const seconds = Math.round(Number(text) * 60);
  return seconds >= 1 && seconds <= LONGEST_UNIT_SECONDS ? seconds : null;
}

type Period = Connector['unitPeriods'][number];

/** The unit that entries of now are read with. */
export const currentUnit = (periods: readonly Period[]): number | null =>
  periods.at(-1)?.secondsPerUnit ?? null;

/** The periods after a change: a new one from an instant on, or one that replaces all when the old was wrong. */
export function withUnit(periods: readonly Period[], secondsPerUnit: number, from: string | null): Period[] {
  return from === null || periods.length === 0
    ? [{ from: null, secondsPerUnit }]
    : [...periods, { from, secondsPerUnit }];
}
