import type { Form } from './form.js';

/** Truth as PHP casts it. */
export function phpTruth(value: unknown): boolean {
  return !(
    value === null ||
    value === undefined ||
    value === false ||
    value === 0 ||
    value === '' ||
    value === '0'
  );
}

/** A scalar as the text that a form field sees; null for null, false and empty; undefined for arrays and objects. */
export function scalarText(value: unknown): string | null | undefined {
  if (value === null || value === undefined || value === false || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value === true ? '1' : undefined;
}

/** A text field: trimmed, empty is null, numbers become texts. Undefined when not sent or not readable. */
export function textField(form: Form, field: string): string | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === undefined) {
    form.unreadable(field, 'This value is not valid.');
    return undefined;
  }
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** An id; null for nothing chosen; undefined when not sent. Anything else, also `01`, is no choice at all. */
export function choiceField(form: Form, field: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  if (text !== undefined && /^[1-9]\d{0,14}$/.test(text)) return Number(text);
  refuseChoice(form, field);
  return undefined;
}

/** Says that a choice is not on offer. */
export function refuseChoice(form: Form, field: string): void {
  form.unreadable(field, 'The selected choice is invalid.');
}

/**
 * A checkbox as the API has it: only JSON's `false` means no. Null, 0, "" and "0" are values like any other and tick
 * it; a list is no value. Undefined when not sent or not readable.
 */
export function flagField(form: Form, field: string): boolean | undefined {
  if (!form.has(field)) return undefined;
  const value = form.value(field);
  if (typeof value !== 'object' || value === null) return value !== false;
  form.unreadable(field, 'The checkbox has an invalid value.');
  return undefined;
}

/** An amount of money, rounded to cents; a comma is a decimal point; null clears it. */
export function moneyField(form: Form, field: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  const plain = text?.trim().replaceAll(',', '.') ?? '';
  if (/^-?\d+(\.\d+)?$/.test(plain)) return roundHalfUp(Number(plain));
  form.unreadable(field, 'Please enter a valid money amount.');
  return undefined;
}

/** Half a cent goes away from zero, also where binary fractions fall just short of it (1.005). */
function roundHalfUp(amount: number): number {
  const cents = Math.round(Number((Math.abs(amount) * 100).toPrecision(15)));
  return (amount < 0 ? -cents : cents) / 100;
}

/** Rates and money are not negative. */
export function checkNotNegative(form: Form, field: string, amount: number | null | undefined): void {
  if (typeof amount === 'number' && amount < 0)
    form.broken(field, 'This value should be greater than or equal to 0.');
}

const EMAIL = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+$/;

/** An e-mail address needs a domain with a dot. */
export function checkEmail(form: Form, field: string, text: string | null): void {
  if (text !== null && !EMAIL.test(text)) form.broken(field, 'This value is not a valid email address.');
}

/** A duration in seconds: `1:30`, `1h30m`, `15m`, `1.5h`; a bare number means hours. Null clears it. */
export function durationField(form: Form, field: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  const seconds = text === undefined ? undefined : parseDuration(text.trim());
  if (seconds === undefined) form.unreadable(field, 'This value is not valid.');
  return seconds;
}

function parseDuration(text: string): number | undefined {
  if (!text.startsWith('-')) return parseUnsigned(text);
  const seconds = parseUnsigned(text.slice(1));
  return seconds === undefined ? undefined : -seconds;
}

function parseUnsigned(text: string): number | undefined {
  const clock = /^(\d+):(\d{1,2})(?::(\d{1,2}))?$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (/^\d+([.,]\d+)?$/.test(text)) return Math.round(Number(text.replace(',', '.')) * 3600);
  const named = /^(?:(\d+(?:[.,]\d+)?)h)?(?:(\d+)m)?(?:(\d+)s)?$/i.exec(text);
  if (named === null || text === '') return undefined;
  const [hours = '0', minutes = '0', seconds = '0'] = named.slice(1).map((part) => part ?? '0');
  return Math.round(Number(hours.replace(',', '.')) * 3600) + Number(minutes) * 60 + Number(seconds);
}

/** `h:mm`, as Kimai writes durations in messages. */
export function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}`;
}
