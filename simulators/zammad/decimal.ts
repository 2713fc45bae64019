/** Largest magnitude of a decimal(6,2) column, in hundredths. */
const MAX_HUNDREDTHS = 999_999;

/**
 * Casts an API value to decimal(6,2) the way Rails does: half up to two decimals, text up to its first
 * character that is not part of a number, text without a number is 0, true is 1. Null and blank text: null.
 * A JSON float passes through the column's precision first, which leaves it six digits.
 */
export function castHundredths(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 100 : 0;
  if (typeof value === 'number') return Number.isFinite(value) ? roundHalfUp(floatText(value)) : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const match = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(value);
  return match ? roundHalfUp(match[0].trim()) : 0;
}

const floatText = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));

function roundHalfUp(text: string): number {
  if (/e/i.test(text)) return Math.sign(Number(text)) * Math.round(Math.abs(Number(text)) * 100);
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const digits = `${fraction}000`;
  const cents = Number(whole || '0') * 100 + Number(digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0);
  return negative && cents !== 0 ? -cents : cents;
}

/** True when the database column could not hold the value. */
export function overflows(hundredths: number): boolean {
  return Math.abs(hundredths) > MAX_HUNDREDTHS;
}

/** A BigDecimal in JSON: at least one decimal, at most two (`"15.0"`, `"0.25"`, `"-5.0"`). */
export function decimalText(hundredths: number): string {
  const magnitude = Math.abs(hundredths);
  const fraction = String(magnitude % 100).padStart(2, '0');
  const shown = fraction.endsWith('0') ? fraction.slice(0, 1) : fraction;
  return `${hundredths < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${shown}`;
}

/** As {@link decimalText}, for a nullable column. */
export function decimalOrNull(hundredths: number | null): string | null {
  return hundredths === null ? null : decimalText(hundredths);
}
