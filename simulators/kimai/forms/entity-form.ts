import type { Access, ObjectKind } from '../access.js';
import type { KimaiEntity } from '../world.js';
import { Form, type Sent } from './form.js';
import { durationField, flagField, moneyField, textField } from './values.js';

/** Fields at the end of every form of a customer, project or activity. */
export function commonFields(access: Access, kind: ObjectKind, teams: readonly number[]): string[] {
  const money = access.object('budget', kind, teams);
  const time = access.object('time', kind, teams);
  return [
    'color',
    ...(money ? ['budget'] : []),
    ...(time ? ['timeBudget'] : []),
    ...(money || time ? ['budgetType'] : []),
    ...['visible', 'billable'],
  ];
}

/** A text that, once sent, replaces the old one. */
export function changedText(form: Form, field: string, old: string | null, most = 255): string | null {
  const sent = textField(form, field);
  if (sent === undefined) return old;
  if (sent !== null && [...sent].length > most) form.broken(field, tooLong(most));
  return sent;
}

function tooLong(most: number): string {
  return `This value is too long. It should have ${most} characters or less.`;
}

/** The name: 2 to 150 characters. */
export function changedName(form: Form, old: string): string {
  const sent = textField(form, 'name');
  const name = (sent === undefined ? old : sent) ?? '';
  const { length } = [...name];
  if (length === 0) form.broken('name', 'This value should not be blank.');
  if (length < 2) form.broken('name', 'This value is too short. It should have 2 characters or more.');
  if (length > 150) form.broken('name', tooLong(150));
  return name;
}

/** The fields that customers, projects and activities share, with what was sent put in. */
export function changedCommon(
  form: Form,
  old: KimaiEntity,
  numberLength: number,
): Omit<KimaiEntity, 'id' | 'teams'> {
  return {
    name: changedName(form, old.name),
    number: changedText(form, 'number', old.number, numberLength),
    comment: changedText(form, 'comment', old.comment, 65_535),
    invoiceText: changedText(form, 'invoiceText', old.invoiceText, 65_535),
    color: changedColor(form, old.color),
    budget: moneyField(form, 'budget') ?? old.budget,
    timeBudget: durationField(form, 'timeBudget') ?? old.timeBudget,
    budgetType: changedBudgetType(form, old.budgetType),
    visible: flagField(form, 'visible') ?? old.visible,
    billable: flagField(form, 'billable') ?? old.billable,
  };
}

function changedColor(form: Form, old: string | null): string | null {
  const color = changedText(form, 'color', old, 7);
  if (color !== null && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color))
    form.broken('color', 'The given value is not a valid hexadecimal color.');
  return color;
}

function changedBudgetType(form: Form, old: 'month' | null): 'month' | null {
  const sent = textField(form, 'budgetType');
  if (sent === undefined) return old;
  if (sent === null || sent === 'month') return sent;
  form.unreadable('budgetType', 'The selected choice is invalid.');
  return old;
}

/** Team ids, taken only when the object is made. */
export function sentTeams(form: Form, known: ReadonlySet<number>, old: readonly number[]): readonly number[] {
  const sent = form.value('teams');
  if (sent === undefined || sent === null) return old;
  const ids = Array.isArray(sent) ? sent.map(Number) : [NaN];
  if (ids.every((id) => known.has(id))) return ids;
  form.unreadable('teams', 'The selected choice is invalid.');
  return old;
}

/** A number is unique per kind unless the setting says otherwise. */
export function checkNumber(
  form: Form,
  rows: readonly KimaiEntity[],
  changed: Pick<KimaiEntity, 'id' | 'number'>,
  mayRepeat: boolean,
): void {
  const { id, number } = changed;
  if (number === null || mayRepeat || !rows.some((row) => row.number === number && row.id !== id)) return;
  form.broken('number', `The number ${number} is already used.`);
}

/** The next automatic number, `0002` and up: one more than the count of rows, plus one, skipping those in use. */
export function nextNumber(rows: readonly KimaiEntity[]): string {
  const used = new Set(rows.map(({ number }) => number));
  let next = rows.length + 2;
  while (used.has(String(next).padStart(4, '0'))) next += 1;
  return String(next).padStart(4, '0');
}

/** A form over the given fields. */
export function entityForm(fields: readonly string[], sent: Sent): Form {
  return new Form(fields, sent);
}
