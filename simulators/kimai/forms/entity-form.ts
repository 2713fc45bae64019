import type { Access, ObjectKind } from '../access.js';
import { refuse } from '../replies.js';
import type { KimaiEntity } from '../world.js';
import { Form, type Sent } from './form.js';
import { colorField } from './choices.js';
import { durationField, flagField, moneyField, textField } from './values.js';

/** Fields at the end of every form of a customer, project or activity. */
export function commonFields(
  access: Access,
  kind: ObjectKind,
  teams: readonly number[],
  own: readonly string[] = [],
): string[] {
  const money = access.object('budget', kind, teams);
  const time = access.object('time', kind, teams);
  return [
    'color',
    ...(money ? ['budget'] : []),
    ...(time ? ['timeBudget'] : []),
    ...(money || time ? ['budgetType'] : []),
    ...own,
    ...['visible', 'billable'],
  ];
}

/** A text that, once sent, replaces the old one. */
export function changedText(form: Form, field: string, old: string | null, most = 255): string | null {
  const sent = textField(form, field);
  if (sent === undefined) return old;
  checkLength(form, field, sent ?? '', 0, most);
  return sent;
}

/** Says so when a text has not between `least` and `most` characters. */
export function checkLength(form: Form, field: string, text: string, least: number, most: number): void {
  const { length } = [...text];
  if (length < least)
    form.broken(field, `This value is too short. It should have ${least} characters or more.`);
  if (length > most) form.broken(field, `This value is too long. It should have ${most} characters or less.`);
}

/** Names and numbers must not look like markup or formulas. */
export function checkCharacters(form: Form, field: string, text: string | null): void {
  if (/[<>"=]/.test(text ?? '')) form.broken(field, 'The following characters are not allowed: < > " =');
}

/** What a kind of object says when its name is missing, when it was sent empty, and when it is taken away later. */
export interface NameWords {
  readonly missing: readonly string[];
  readonly empty: readonly string[];
  /** Kimai forgets the check here and the database refuses: a 500. */
  readonly breaksWhenCleared: boolean;
}

/** The name: 2 to 150 characters. */
export function changedName(form: Form, old: string, isNew: boolean, words: NameWords): string {
  const sent = textField(form, 'name');
  const name = (sent === undefined ? old : sent) ?? '';
  if (name === '') {
    if (!isNew && words.breaksWhenCleared) refuse(500);
    for (const message of sent === undefined ? words.missing : words.empty) form.broken('name', message);
    return name;
  }
  checkCharacters(form, 'name', name);
  checkLength(form, 'name', name, 2, 150);
  return name;
}

const TEXT_BYTES = 65_535;

/** A long text; beyond what the column holds the database refuses it, which answers 500. */
function changedLongText(form: Form, field: string, old: string | null): string | null {
  const text = changedText(form, field, old, Infinity);
  if (Buffer.byteLength(text ?? '') > TEXT_BYTES) refuse(500);
  return text;
}

/** The fields that customers, projects and activities share, with what was sent put in. */
export function changedCommon(
  form: Form,
  old: KimaiEntity,
  numberLength: number,
  words: NameWords,
): Omit<KimaiEntity, 'id' | 'teams'> {
  const number = changedText(form, 'number', old.number, numberLength);
  checkCharacters(form, 'number', number);
  return {
    name: changedName(form, old.name, old.id === 0, words),
    number,
    comment: changedLongText(form, 'comment', old.comment),
    invoiceText: changedText(form, 'invoiceText', old.invoiceText, Infinity),
    color: changedColor(form, old.color),
    budget: inRange(form, 'budget', moneyField(form, 'budget') ?? old.budget, 900_000_000_000),
    timeBudget: inRange(
      form,
      'timeBudget',
      durationField(form, 'timeBudget') ?? old.timeBudget,
      2_145_600_000,
    ),
    budgetType: changedBudgetType(form, old.budgetType),
    visible: flagField(form, 'visible') ?? old.visible,
    billable: flagField(form, 'billable') ?? old.billable,
  };
}

function inRange(form: Form, field: string, amount: number, most: number): number {
  if (amount < 0 || amount > most) form.broken(field, `This value should be between 0 and ${most}.`);
  return amount;
}

function changedColor(form: Form, old: string | null): string | null {
  const sent = colorField(form, 'color');
  return sent === undefined ? old : sent;
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
  if (sent === undefined) return old;
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
