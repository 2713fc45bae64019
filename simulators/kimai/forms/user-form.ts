import { fold } from '../search.js';
import type { KimaiState } from '../state.js';
import type { KimaiUser } from '../world.js';
import { colorField, languageField, zoneField } from './choices.js';
import { changedText, checkCharacters, checkLength } from './entity-form.js';
import { Form, type Sent } from './form.js';
import { checkEmail, choiceField, flagField, refuseChoice, textField } from './values.js';

/** Which fields the form of a user has. */
export interface UserFields {
  readonly isNew: boolean;
  readonly preferences: boolean;
  readonly supervisor: boolean;
  readonly roles: boolean;
  readonly enabled: boolean;
  readonly password: boolean;
  /** Roles that may be chosen. */
  readonly mayAssign: (role: string) => boolean;
}

/** The form of a user with what was sent put on top of `old`. */
export function readUserForm(
  state: KimaiState,
  old: KimaiUser,
  fields: UserFields,
  sent: Sent,
): { readonly form: Form; readonly user: KimaiUser } {
  const form = new Form(names(fields), sent);
  const color = colorField(form, 'color');
  // These limits are checked on changes only.
  const limit = (most: number) => (fields.isNew ? Infinity : most);
  const user: KimaiUser = {
    ...old,
    username: fields.isNew ? changedUsername(state, form) : old.username,
    alias: changedName(form, 'alias', old.alias, limit(60)),
    title: changedName(form, 'title', old.title, limit(50)),
    accountNumber: changedName(form, 'accountNumber', old.accountNumber, limit(30)),
    color: color === undefined ? old.color : color,
    email: changedEmail(state, form, old, fields.isNew),
    language: languageField(form, 'language') ?? old.language,
    locale: languageField(form, 'locale') ?? old.locale,
    timezone: zoneField(form, 'timezone') ?? old.timezone,
    supervisor: changedSupervisor(state, form, old),
    roles: changedRoles(state, form, old, fields.mayAssign),
    // A new user is submitted as a whole: what is missing counts as no.
    enabled: flagField(form, 'enabled') ?? (!fields.isNew && old.enabled),
    systemAccount: flagField(form, 'systemAccount') ?? old.systemAccount,
  };
  flagField(form, 'requiresPasswordReset');
  if (fields.isNew) checkPassword(form);
  return { form, user };
}

function names(fields: UserFields): string[] {
  return [
    ...(fields.isNew ? ['username'] : []),
    ...['alias', 'title', 'accountNumber', 'color', 'email'],
    ...(fields.preferences ? ['language', 'locale', 'timezone'] : []),
    ...(fields.supervisor ? ['supervisor'] : []),
    ...(fields.roles ? ['roles'] : []),
    ...(fields.isNew ? ['plainPassword', 'plainApiToken'] : []),
    ...(fields.enabled ? ['enabled'] : []),
    ...(fields.password ? ['systemAccount', 'requiresPasswordReset'] : []),
  ];
}

const BLANK = 'This value should not be blank.';
const USED = 'This value is already used.';

function changedName(form: Form, field: string, old: string | null, most: number): string | null {
  const text = changedText(form, field, old, most);
  checkCharacters(form, field, text);
  return text;
}

function changedUsername(state: KimaiState, form: Form): string {
  const name = textField(form, 'username') ?? '';
  if (name === '') {
    form.broken('username', BLANK);
    return name;
  }
  if (state.world.users.some((user) => fold(user.email) === fold(name)))
    form.broken('username', 'An equal email is already used.');
  if (state.world.users.some((user) => fold(user.username) === fold(name)))
    for (const message of ['The username is already used.', USED]) form.broken('username', message);
  if (name.includes('/')) form.broken('username', 'This value is not valid.');
  checkLength(form, 'username', name, 2, 64);
  checkCharacters(form, 'username', name);
  return name;
}

function changedEmail(state: KimaiState, form: Form, old: KimaiUser, isNew: boolean): string {
  const sent = textField(form, 'email');
  const email = (sent === undefined && !isNew ? old.email : sent) ?? '';
  if (email === '') {
    form.broken('email', BLANK);
    return email;
  }
  const others = state.world.users.filter((user) => user.id !== old.id);
  const isTaken = others.some((user) => fold(user.email) === fold(email));
  if (isTaken) form.broken('email', 'This e-mail address is already in use.');
  if (others.some((user) => fold(user.username) === fold(email)))
    form.broken('email', 'An equal username is already used.');
  if (isTaken) form.broken('email', USED);
  checkEmail(form, 'email', email);
  return email;
}

function checkPassword(form: Form): void {
  const password = textField(form, 'plainPassword') ?? '';
  if (password === '') form.broken('plainPassword', BLANK);
  else checkLength(form, 'plainPassword', password, 8, 60);
}

function changedSupervisor(state: KimaiState, form: Form, old: KimaiUser): number | null {
  const id = choiceField(form, 'supervisor');
  if (id === undefined) return old.supervisor;
  if (id === null || (id !== old.id && state.findUser(id)?.enabled === true)) return id;
  refuseChoice(form, 'supervisor');
  return old.supervisor;
}

const STOCK_ROLES = ['ROLE_TEAMLEAD', 'ROLE_ADMIN', 'ROLE_SUPER_ADMIN'];

function changedRoles(
  state: KimaiState,
  form: Form,
  old: KimaiUser,
  mayAssign: UserFields['mayAssign'],
): readonly string[] {
  const sent = form.value('roles');
  if (sent === undefined) return old.roles;
  const known = new Set(['ROLE_USER', ...STOCK_ROLES, ...Object.keys(state.world.roles)]);
  const roles = Array.isArray(sent) ? sent.map(String) : undefined;
  if (roles?.every((role) => known.has(role) && mayAssign(role)))
    return roles.filter((role) => role !== 'ROLE_USER');
  refuseChoice(form, 'roles');
  return old.roles;
}
