/** U+2212; a hyphen is too short beside tabular figures. */
const MINUS = '−';
const NO_BREAK_SPACE = '\u00a0';

export type DurationOptions = {
  /** Put a plus before gains; a loss always has its minus. */
  readonly signed?: boolean;
  /** Leave the unit out where the column's heading names it. Default true. */
  readonly unit?: boolean;
};

/** `5400` → `1:30 h`. Takes whole seconds; what is left of a started minute is rounded to the nearest one. */
export function formatDuration(seconds: number, options: DurationOptions = {}): string {
  const { signed = false, unit = true } = options;
  const minutes = Math.round(Math.abs(seconds) / 60);
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${sign(minutes === 0 ? 0 : seconds, signed)}${clock}${unit ? `${NO_BREAK_SPACE}h` : ''}`;
}

function sign(seconds: number, signed: boolean): string {
  if (seconds < 0) return MINUS;
  return signed && seconds > 0 ? '+' : '';
}

/** `1:30`, `1.5`, `1,5`, `90m` → whole seconds; null for anything that cannot be read as a duration. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim().replace(/\s*h$/i, '');
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(trimmed);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60;
  const minutes = /^(\d{1,4})\s*(?:m|min)$/i.exec(trimmed);
  if (minutes) return Number(minutes[1]) * 60;
  if (!/^\d{1,3}(?:[.,]\d{1,2})?$/.test(trimmed)) return null;
  return Math.round(Number(trimmed.replace(',', '.')) * 60) * 60;
}
