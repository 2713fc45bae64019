import type { Access } from '../access.js';
import { sentFields } from '../body.js';
import {
  changedCommon,
  checkNumber,
  commonFields,
  entityForm,
  type NameWords,
  nextNumber,
  sentTeams,
} from '../forms/entity-form.js';
import type { Form, Sent } from '../forms/form.js';
import { choiceField, refuseChoice } from '../forms/values.js';
import { Query } from '../query.js';
import { activityEntity } from '../render/catalogue.js';
import { gone, need, ok, Refusal } from '../replies.js';
import { newActivity } from '../rows.js';
import type { KimaiState } from '../state.js';
import type { KimaiActivity } from '../world.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';
import { isShown, ordered, termOf, visibilityOf } from './lists.js';

const NAME_WORDS: NameWords = {
  missing: ['This value should not be blank.'],
  empty: ['This value should not be blank.'],
  breaksWhenCleared: true,
};

/** Routes of `/api/activities`. */
export function activityRoutes(add: AddRoute): void {
  add('GET', '/api/activities', list);
  add('POST', '/api/activities', create);
  add('GET', '/api/activities/#id', read);
  add('PATCH', '/api/activities/#id', change);
  add('DELETE', '/api/activities/#id', remove);
}

const list: ApiHandler = ({ call, state, access }) => {
  const query = new Query(call.query);
  const visibility = visibilityOf(query);
  const globalsOnly = ['1', 'true'].includes(query.text('globals', /^(0|1|true|false)$/) ?? '');
  const projects = query.ids('project', 'projects').flatMap((id) => state.findProject(id) ?? []);
  for (const project of projects) need(access.project(project));
  const asked = new Set(projects.map(({ id }) => id));
  // Of one project, its own setting says whether global activities belong to it; of several, they do.
  const withGlobals = projects.length !== 1 || projects[0]?.globalActivities === true;
  const matches = termOf<KimaiActivity>(query, (row) => [row.name, row.comment, row.number]);
  const belongs = (row: KimaiActivity) => {
    if (row.project === null) return globalsOnly || asked.size === 0 || withGlobals;
    return !globalsOnly && (asked.size === 0 || asked.has(row.project));
  };
  const shown = state.world.activities.filter(
    (row) =>
      isShown(row, visibility) &&
      (visibility === 3 || hasVisibleHome(state, row)) &&
      belongs(row) &&
      access.activity(row) &&
      matches(row),
  );
  const rows = ordered(query, shown, {
    name: (row) => row.name,
    id: (row) => row.id,
    project: (row) => (row.project === null ? '' : state.project(row.project).name),
  });
  return ok(rows.map((row) => activityEntity(state, row, access)));
};

function hasVisibleHome(state: KimaiState, row: KimaiActivity): boolean {
  if (row.project === null) return true;
  const project = state.project(row.project);
  return project.visible && state.customer(project.customer).visible;
}

const read: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findActivity(id));
  need(access.object('view', 'activity', access.teamsOfActivity(row)));
  return ok(activityEntity(state, row, access));
};

const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('create_activity'));
  const fresh = newActivity({ id: 0, name: '', number: nextNumber(state.world.activities) });
  const draft = submit(state, access, fresh, sentFields(call));
  const row = { ...draft, id: state.takeId('activities') };
  state.putActivity(row);
  return ok(activityEntity(state, row, access));
};

const change: ApiHandler = ({ call, state, access }) => {
  const old = rowOfPath(call, (id) => state.findActivity(id));
  need(access.object('edit', 'activity', access.teamsOfActivity(old)));
  const row = submit(state, access, old, sentFields(call));
  state.putActivity(row);
  return ok(activityEntity(state, row, access));
};

const remove: ApiHandler = ({ call, state, access }) => {
  const row = rowOfPath(call, (id) => state.findActivity(id));
  need(access.may('delete_activity'));
  state.deleteActivities([row]);
  return gone();
};

function submit(state: KimaiState, access: Access, old: KimaiActivity, sent: Sent): KimaiActivity {
  const isNew = old.id === 0;
  const fields = [
    ...['name', 'number', 'comment', 'invoiceText'],
    ...(isNew || old.project !== null ? ['project'] : []),
    ...(isNew ? ['teams'] : []),
    ...commonFields(access, 'activity', access.teamsOfActivity(old)),
  ];
  const form = entityForm(fields, sent);
  const row: KimaiActivity = {
    ...old,
    ...changedCommon(form, old, 10, NAME_WORDS),
    project: changedProject(state, access, form, old),
    teams: sentTeams(form, new Set(state.world.teams.map(({ id }) => id)), old.teams),
  };
  checkNumber(form, state.world.activities, row, state.settings.flag('activity.allow_duplicate_number'));
  if (form.hasErrors) throw new Refusal(form.reply());
  return row;
}

function changedProject(state: KimaiState, access: Access, form: Form, old: KimaiActivity): number | null {
  const id = choiceField(form, 'project');
  if (id === undefined || id === old.project) return old.project;
  if (id === null) return null;
  const project = state.findProject(id);
  if (project?.visible === true && state.customer(project.customer).visible && access.project(project))
    return id;
  refuseChoice(form, 'project');
  return old.project;
}
