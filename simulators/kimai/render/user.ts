import type { KimaiState } from '../state.js';
import type { KimaiTeam, KimaiUser } from '../world.js';
import { safeColor } from './color.js';

/** A user as in lists and inside other objects. */
export function userBrief(user: KimaiUser): Record<string, unknown> {
  return {
    apiToken: false,
    locale: user.locale,
    timezone: user.timezone,
    language: user.language,
    initials: initials(user),
    'color-safe': safeColor(user.color, displayName(user)),
    id: user.id,
    alias: user.alias,
    title: user.title,
    avatar: null,
    username: user.username,
    email: user.email,
    accountNumber: user.accountNumber,
    enabled: user.enabled,
    systemAccount: user.systemAccount,
    color: user.color,
  };
}

/** A team inside other objects. */
export function teamBrief({ id, name, color }: KimaiTeam): Record<string, unknown> {
  return { 'color-safe': safeColor(color, name), id, name, color };
}

/** Preferences that every user has from the start, as texts. */
const STORED = {
  work_contract_type: 'none',
  ...{ work_monday: '0', work_tuesday: '0', work_wednesday: '0', work_thursday: '0', work_friday: '0' },
  ...{ work_saturday: '0', work_sunday: '0', public_holiday_group: null, holidays: '0' },
  ...{ work_start_day: null, work_last_day: null },
};

/** Preferences that may be written, with what they are when nobody did. */
export const PREFERENCES: Readonly<Record<string, string | null>> = {
  ...STORED,
  first_weekday: 'monday',
  favorite_routes: '',
  ...{ skin: 'auto', update_browser_title: '1', calendar_initial_view: 'month' },
  ...{ login_initial_view: 'dashboard', daily_stats: '0', export_decimal: '0' },
};

/** Preferences that the API shows: what is stored, and, where Kimai prepared the user, defaults beyond it. */
function preferences(user: KimaiUser, view: UserView): readonly { name: string; value: string | null }[] {
  const { internalRate, hourlyRate } = user;
  const rates = {
    hourly_rate: String(hourlyRate),
    internal_rate: internalRate === null ? null : String(internalRate),
  };
  const all: Record<string, string | null> = {
    ...STORED,
    ...(view.mayRates ? rates : {}),
    ...(view.isPrepared ? { first_weekday: 'monday', favorite_routes: '' } : {}),
  };
  return Object.entries(all).map(([name, value]) => ({ name, value: user.preferences[name] ?? value }));
}

/** How one answer shows a user. */
export interface UserView {
  /** Whether the rates of the user may be seen. */
  readonly mayRates: boolean;
  /** `me` and `/api/users/{id}` show defaults of preferences too. */
  readonly isPrepared: boolean;
}

/** A user as of `me` and `/api/users/{id}`: with roles, teams, memberships and preferences. */
export function userEntity(state: KimaiState, user: KimaiUser, view: UserView): Record<string, unknown> {
  const teams = state.world.teams.filter(({ members }) => members.some(({ userId }) => userId === user.id));
  const supervisor = user.supervisor === null ? undefined : state.findUser(user.supervisor);
  const { id, alias, title, username, email, accountNumber, enabled, roles, systemAccount, color } = user;
  return {
    apiToken: false,
    preferences: preferences(user, view),
    ...{ locale: user.locale, timezone: user.timezone, language: user.language },
    teams: teams.map(teamBrief),
    initials: initials(user),
    'color-safe': safeColor(color, displayName(user)),
    ...{ id, alias, title, avatar: null },
    memberships: teams.map((team) => ({
      team: teamBrief(team),
      teamlead: team.members.some(({ userId, lead }) => lead && userId === id),
    })),
    ...{ username, email, accountNumber, enabled, roles, systemAccount },
    supervisor: supervisor === undefined ? null : userEntity(state, supervisor, view),
    color,
  };
}

/** Name that people see: the alias, else the user name. */
export function displayName(user: KimaiUser): string {
  return user.alias === null || user.alias === '' ? user.username : user.alias;
}

function initials(user: KimaiUser): string {
  const name = displayName(user);
  const words = (
    /^[^@\s]+@[^@\s]+$/.test(name) ? (name.split('@')[0] ?? name).replaceAll('.', ' ') : name
  ).split(' ');
  const letters =
    words.length === 1 ? (words[0] ?? '').slice(0, 2) : words.map((word) => word.slice(0, 1)).join('');
  return letters.slice(0, 2).toUpperCase();
}
