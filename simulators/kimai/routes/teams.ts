import { isRecord, type Reply } from '../../kit/index.js';
import { sentFields } from '../body.js';
import { colorField } from '../forms/choices.js';
import { checkCharacters, checkLength } from '../forms/entity-form.js';
import { Form, type Sent } from '../forms/form.js';
import { textField } from '../forms/values.js';
import { activityOfTeam, customerNested, projectOfTeam } from '../render/catalogue.js';
import { teamBrief, userBrief } from '../render/user.js';
import { gone, need, ok, Refusal, refuse } from '../replies.js';
import { fold } from '../search.js';
import type { KimaiState } from '../state.js';
import type { KimaiTeam } from '../world.js';
import {
  type AddRoute,
  type ApiHandler,
  type Context,
  idOfPath,
  OBJECT_FOLDERS,
  rowOfPath,
  teamsOfObject,
} from './context.js';

/** Routes of `/api/teams`. */
export function teamRoutes(add: AddRoute): void {
  add('GET', '/api/teams', list);
  add('POST', '/api/teams', create);
  add('GET', '/api/teams/#id', read);
  add('PATCH', '/api/teams/#id', change);
  add('DELETE', '/api/teams/#id', remove);
  add('POST', '/api/teams/#id/members/#userId', join);
  add('DELETE', '/api/teams/#id/members/#userId', leave);
  for (const kind of ['customers', 'projects', 'activities'] as const) {
    add('POST', `/api/teams/#id/${kind}/#objectId`, (context) => grant(context, kind, true));
    add('DELETE', `/api/teams/#id/${kind}/#objectId`, (context) => grant(context, kind, false));
  }
}

function teamOf({ call, state }: Context): KimaiTeam {
  return rowOfPath(call, (id) => state.world.teams.find((team) => team.id === id));
}

function shown(state: KimaiState, team: KimaiTeam): Reply {
  const { customers, projects, activities } = state.world;
  const mine = ({ teams }: { readonly teams: readonly number[] }) => teams.includes(team.id);
  const { color, ...brief } = teamBrief(team);
  return ok({
    ...brief,
    members: team.members.map(({ userId, lead }) => ({
      user: userBrief(state.user(userId)),
      teamlead: lead,
    })),
    customers: customers.filter(mine).map(customerNested),
    projects: projects.filter(mine).map(projectOfTeam),
    activities: activities.filter(mine).map(activityOfTeam),
    color,
  });
}

const list: ApiHandler = ({ state, access }) => {
  need(access.may('view_team'));
  const teams = state.world.teams
    .filter(({ id }) => access.listsTeam(id))
    .sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
  return ok(teams.map(teamBrief));
};

const read: ApiHandler = (context) => {
  const team = teamOf(context);
  need(context.access.may('view_team'));
  return shown(context.state, team);
};

const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('create_team'));
  const draft = submit(state, { id: 0, name: '', color: null, members: [] }, sentFields(call));
  const team = { ...draft, id: state.takeId('teams') };
  state.putTeam(team);
  return shown(state, team);
};

const change: ApiHandler = (context) => {
  const { call, state, access } = context;
  const old = teamOf(context);
  need(access.team('edit', old.id));
  const team = submit(state, old, sentFields(call));
  state.putTeam(team);
  return shown(state, team);
};

const remove: ApiHandler = (context) => {
  const team = teamOf(context);
  need(context.access.team('delete', team.id));
  context.state.deleteTeam(team.id);
  return gone();
};

/** Somebody who is a member already is a 400. */
const join: ApiHandler = (context) => {
  const { call, state, access } = context;
  const team = teamOf(context);
  const user = state.findUser(idOfPath(call, 'userId')) ?? refuse(404);
  need(access.team('edit', team.id) && access.otherUser(user));
  if (team.members.some(({ userId }) => userId === user.id)) refuse(400);
  const joined = { ...team, members: [...team.members, { userId: user.id, lead: false }] };
  state.putTeam(joined);
  return shown(state, joined);
};

/** Who is no member, and who leads the team, cannot be removed: 400. */
const leave: ApiHandler = (context) => {
  const { call, state, access } = context;
  const team = teamOf(context);
  const user = state.findUser(idOfPath(call, 'userId')) ?? refuse(404);
  need(access.team('edit', team.id));
  if (team.members.find(({ userId }) => userId === user.id)?.lead !== false) refuse(400);
  const left = { ...team, members: team.members.filter(({ userId }) => userId !== user.id) };
  state.putTeam(left);
  return shown(state, left);
};

/** Gives or takes a team the access to an object; what is so already is a 400. */
function grant(context: Context, kind: keyof typeof OBJECT_FOLDERS, gives: boolean): Reply {
  const { call, state, access } = context;
  const team = teamOf(context);
  const id = idOfPath(call, 'objectId');
  const row = state.world[kind].find((one) => one.id === id) ?? refuse(404);
  const owner = OBJECT_FOLDERS[kind];
  const teamsOf = teamsOfObject(state, access, owner, id) ?? [];
  need(access.team('edit', team.id) && access.object('permissions', owner, teamsOf));
  if (row.teams.includes(team.id) === gives) refuse(400);
  const teams = gives ? [...row.teams, team.id] : row.teams.filter((one) => one !== team.id);
  state.putTeamsOf(kind, id, teams);
  return shown(state, team);
}

function submit(state: KimaiState, old: KimaiTeam, sent: Sent): KimaiTeam {
  const form = new Form(['name', 'color', 'members'], sent);
  const color = colorField(form, 'color');
  const team: KimaiTeam = {
    ...old,
    color: color === undefined ? old.color : color,
    members: readMembers(state, form, old),
    name: readName(state, form, old),
  };
  if (form.hasErrors) throw new Refusal(form.reply());
  return team;
}

function readName(state: KimaiState, form: Form, old: KimaiTeam): string {
  const sent = textField(form, 'name');
  const name = (sent === undefined ? old.name : sent) ?? '';
  if (name === '') {
    form.broken('name', 'This value should not be blank.');
    return name;
  }
  checkLength(form, 'name', name, 2, 100);
  checkCharacters(form, 'name', name);
  if (state.world.teams.some((team) => team.id !== old.id && fold(team.name) === fold(name)))
    form.broken('name', 'This value is already used.');
  return name;
}

type Member = KimaiTeam['members'][number];

/** A list of `{user, teamlead}`; who cannot be chosen is left out, and without a lead the team is refused. */
function readMembers(state: KimaiState, form: Form, old: KimaiTeam): readonly Member[] {
  const sent = form.value('members');
  if (sent !== undefined && !Array.isArray(sent)) {
    form.broken('', 'The collection is invalid.');
    return old.members;
  }
  const entries: readonly unknown[] = sent ?? [];
  const members = sent === undefined ? old.members : entries.flatMap((entry) => memberOf(state, entry) ?? []);
  if (!members.some(({ lead }) => lead))
    form.broken('', 'At least one team leader must be assigned to the team.');
  if (members.length === 0) form.broken('', 'This collection should contain 1 element or more.');
  if (entries.some((entry) => !isRecord(entry))) form.broken('', 'This value is not valid.');
  if (entries.some((entry) => isRecord(entry) && Object.keys(entry).some(isUnknown)))
    form.broken('', 'This form should not contain extra fields.');
  return [...new Map(members.map((member) => [member.userId, member] as const).reverse()).values()].reverse();
}

function isUnknown(key: string): boolean {
  return key !== 'user' && key !== 'teamlead';
}

function memberOf(state: KimaiState, entry: unknown): Member | undefined {
  if (!isRecord(entry)) return undefined;
  const user = state.findUser(Number(entry['user']));
  const { teamlead } = entry;
  if (user?.enabled !== true) return undefined;
  return { userId: user.id, lead: teamlead !== undefined && teamlead !== false };
}
