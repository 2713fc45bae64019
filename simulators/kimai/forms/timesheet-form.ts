import type { Access } from '../access.js';
import type { Draft } from '../draft.js';
import { refuse } from '../replies.js';
import { subject } from '../timesheet-rules.js';
import type { KimaiState } from '../state.js';
import { parseLenient } from '../zones.js';
import { Form, type Sent } from './form.js';
import { isActivityOnOffer, isProjectOnOffer, isUserOnOffer } from './offers.js';
import {
  checkNotNegative,
  choiceField,
  durationField,
  flagField,
  moneyField,
  phpTruth,
  refuseChoice,
  scalarText,
  textField,
} from './values.js';

/** A read form: the draft with what was sent, and the tag names that were found, in the order they were sent. */
export interface ReadTimesheet {
  readonly form: Form;
  readonly draft: Draft;
  readonly tagNames: readonly string[] | undefined;
}

/** Which fields exist depends on rights and tracking mode. On a new record the rights are those on one's own. */
function fieldsOf(state: KimaiState, access: Access, base: Draft, sent: Sent): string[] {
  const isNew = base.id === null;
  const record = subject(base);
  const mayTime = state.settings.text('timesheet.mode') === 'default' || access.may('view_other_timesheet');
  const maySayBillable = access.timesheet('edit_billable', record);
  return [
    ...(mayTime ? ['begin', 'end'] : []),
    ...(state.settings.flag('timesheet.rules.break_time_active') ? ['break'] : []),
    ...['project', 'activity', 'description'],
    ...(access.timesheet('edit_rate', record) ? ['fixedRate', 'hourlyRate'] : []),
    ...(isNew && !access.may('create_other_timesheet') ? [] : ['user']),
    'tags',
    ...(access.timesheet('edit_export', record) ? ['exported'] : []),
    ...(maySayBillable ? ['billable'] : []),
    // The real form grows this second field as soon as `billable` is sent.
    ...(maySayBillable && Object.hasOwn(sent, 'billable') ? ['billableMode'] : []),
  ];
}

/** Reads what was sent on top of a draft: a new one for POST, the stored record for PATCH. */
export function readTimesheetForm(state: KimaiState, access: Access, base: Draft, sent: Sent): ReadTimesheet {
  const form = new Form(fieldsOf(state, access, base, sent), sent);
  const begin = readBegin(form, base);
  const end = readEnd(form, base);
  const pause = durationField(form, 'break');
  const project = readProject(state, access, form, base);
  const activity = readActivity(state, access, form, base);
  const user = readUser(state, access, form, base);
  const description = textField(form, 'description');
  const tags = readTags(state, form);
  const fixedRate = moneyField(form, 'fixedRate');
  const hourlyRate = moneyField(form, 'hourlyRate');
  checkNotNegative(form, 'fixedRate', fixedRate);
  checkNotNegative(form, 'hourlyRate', hourlyRate);
  const moved =
    base.id !== null && (project !== base.project || activity !== base.activity || user !== base.user);
  // Moving a record resets its rates unless one is sent along.
  const resets = moved && fixedRate === undefined && hourlyRate === undefined;
  const draft: Draft = {
    ...{ id: base.id, zone: base.zone, meta: base.meta, begin, end, project, activity, user },
    break: pause === undefined ? base.break : (pause ?? 0),
    description: description === undefined ? base.description : description,
    tags: tags === undefined ? base.tags : tags.map(({ id }) => id),
    exported: flagField(form, 'exported') ?? base.exported,
    billable: readBillable(form) ?? base.billable,
    fixedRate: resets ? null : fixedRate === undefined ? base.fixedRate : fixedRate,
    hourlyRate: resets ? null : hourlyRate === undefined ? base.hourlyRate : hourlyRate,
  };
  return { form, draft, tagNames: tags?.map(({ name }) => name) };
}

/** Unlike the other checkboxes, null, 0 and "0" mean no here: a second field decides, and it casts as PHP does. */
function readBillable(form: Form): boolean | undefined {
  const ticked = flagField(form, 'billable');
  return ticked === undefined ? undefined : phpTruth(form.value('billable'));
}

const BAD_TIME = 'Please enter a valid date and time.';

function readTime(form: Form, field: 'begin' | 'end', zone: string): number | null | undefined {
  if (!form.has(field)) return undefined;
  const text = scalarText(form.value(field));
  if (text === null) return null;
  const instant = text === undefined ? undefined : parseLenient(zone, text);
  if (instant === undefined) form.unreadable(field, BAD_TIME);
  return instant;
}

/** An empty begin is not caught by any rule of Kimai: the database refuses it, which answers 500. */
function readBegin(form: Form, base: Draft): number {
  const begin = readTime(form, 'begin', base.zone);
  return begin === null ? refuse(500) : (begin ?? base.begin);
}

function readEnd(form: Form, base: Draft): number | null {
  const end = readTime(form, 'end', base.zone);
  return end === undefined ? base.end : end;
}

function readProject(state: KimaiState, access: Access, form: Form, base: Draft): number | null {
  const id = choiceField(form, 'project');
  if (id === undefined) return base.project;
  if (id === null || isProjectOnOffer(state, access, id, base)) return id;
  refuseChoice(form, 'project');
  return base.project;
}

function readActivity(state: KimaiState, access: Access, form: Form, base: Draft): number | null {
  const id = choiceField(form, 'activity');
  if (id === undefined) return base.activity;
  const sentProject = scalarText(form.value('project'));
  const project = typeof sentProject === 'string' ? Number(sentProject) : base.project;
  if (id === null || isActivityOnOffer(state, access, id, project, base)) return id;
  refuseChoice(form, 'activity');
  return base.activity;
}

function readUser(state: KimaiState, access: Access, form: Form, base: Draft): number {
  const id = choiceField(form, 'user');
  if (id === undefined) return base.user;
  if (id === null) {
    form.broken('user', 'This value should not be null.');
    return base.user;
  }
  if (isUserOnOffer(state, access, id, base)) return id;
  refuseChoice(form, 'user');
  return base.user;
}

/** One comma-separated text. Tags that do not exist are dropped without a word (since Kimai 2.11). */
function readTags(state: KimaiState, form: Form): { id: number; name: string }[] | undefined {
  const text = textField(form, 'tags');
  if (text === undefined) return undefined;
  const names = (text ?? '').split(',').filter((name) => name.trim() !== '');
  const found = names.flatMap((name) => state.findTag(name) ?? []);
  return [...new Map(found.map((tag) => [tag.id, tag])).values()];
}
