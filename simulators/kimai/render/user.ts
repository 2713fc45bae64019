import type { KimaiState } from '../state.js';
import type { KimaiUser } from '../world.js';
import { safeColor } from './color.js';

/** A user as in lists and inside other objects. */
export function userBrief(user: KimaiUser): Record<string, unknown> {
  return {
    apiToken: false,
    locale: user.language,
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

/** A user as of `me` and `/api/users/{id}`: with roles, teams, memberships and preferences. */
export function userEntity(state: KimaiState, user: KimaiUser): Record<string, unknown> {
  const teams = state.world.teams.filter(({ members }) => members.some(({ userId }) => userId === user.id));
  const brief = (id: number, name: string) => ({
    id,
    name,
    color: null,
    'color-safe': safeColor(null, name),
  });
  return {
    ...userBrief(user),
    roles: user.roles,
    supervisor: null,
    teams: teams.map(({ id, name }) => brief(id, name)),
    memberships: teams.map((team) => ({
      team: brief(team.id, team.name),
      teamlead: team.members.some(({ userId, lead }) => lead && userId === user.id),
    })),
    preferences: [
      { name: 'timezone', value: user.timezone },
      { name: 'language', value: user.language },
      { name: 'locale', value: user.language },
      { name: 'first_weekday', value: 'monday' },
      { name: 'hourly_rate', value: String(user.hourlyRate) },
    ],
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
