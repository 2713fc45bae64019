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

/** An id; null for nothing chosen; undefined when not sent. Anything else is no choice at all. */
export function choiceField(form: Form, field: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  refuseChoice(form, field);
  return undefined;
}

/** Says that a choice is not on offer. */
export function refuseChoice(form: Form, field: string): void {
  form.unreadable(field, 'The selected choice is invalid.');
}

/** A yes/no field. Undefined when not sent. */
export function flagField(form: Form, field: string): boolean | undefined {
  return form.has(field) ? phpTruth(form.value(field)) : undefined;
}

/** An amount of money; null clears it. */
export function moneyField(form: Form, field: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  const amount = text === undefined ? NaN : Number(text);
  if (Number.isFinite(amount)) return amount;
  form.unreadable(field, 'Please enter a valid money amount.');
  return undefined;
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
  const clock = /^(\d+):(\d{1,2})(?::(\d{1,2}))?$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (/^\d+([.,]\d+)?$/.test(text)) return Math.round(Number(text.replace(',', '.')) * 3600);
  const named = /^(?:(\d+(?:[.,]\d+)?)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?$/i.exec(text);
  if (named === null || text === '') return undefined;
  const [hours = '0', minutes = '0', seconds = '0'] = named.slice(1).map((part) => part ?? '0');
  return Math.round(Number(hours.replace(',', '.')) * 3600) + Number(minutes) * 60 + Number(seconds);
}

/** `h:mm`, as Kimai writes durations in messages. */
export function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}`;
}
