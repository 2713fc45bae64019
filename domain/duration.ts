import type { Seconds } from './time-entry.js';

/** Seconds per unit of Zammad's number, by the name of its setting. `custom` asks for a number of its own. */
export const SECONDS_PER_UNIT = { hour: 3600, quarter: 900, minute: 60 } as const;

/** Why a number could not become whole seconds; the original text is shown beside it. */
export type DurationProblem = 'not_a_number' | 'not_even' | 'too_large';
export type ParsedDuration =
  | { readonly ok: true; readonly seconds: Seconds }
  | { readonly ok: false; readonly problem: DurationProblem };

const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/**
 * An exact decimal string, as Zammad sends it ("0.25", "22.0", "-1.5"), in whole seconds.
 * Never goes through a float: what does not come out even says so instead of being rounded.
 */
export function toSeconds(text: string, secondsPerUnit: number): ParsedDuration {
  const match = DECIMAL.exec(text.trim());
  if (!match || !Number.isSafeInteger(secondsPerUnit) || secondsPerUnit <= 0) {
    return { ok: false, problem: 'not_a_number' };
  }
  const [, sign = '', whole = '0', fraction = ''] = match;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * BigInt(secondsPerUnit);
  if (scaled % scale !== 0n) return { ok: false, problem: 'not_even' };
  const seconds = Number(scaled / scale);
  if (!Number.isSafeInteger(seconds)) return { ok: false, problem: 'too_large' };
  return { ok: true, seconds: sign === '-' && seconds !== 0 ? -seconds : seconds };
}

const MINUTE = 60;

/**
 * Whole minutes, nearest (half a minute goes up), once per lead after netting. A positive sum is at least one
 * minute: Kimai may refuse an empty duration, and time that was worked must not vanish.
 */
export function roundToMinutes(seconds: Seconds): Seconds {
  if (seconds <= 0) return 0;
  return Math.max(MINUTE, Math.floor((seconds + MINUTE / 2) / MINUTE) * MINUTE);
}
