import { nextNumber } from '../forms/entity-form.js';
import { violationsReply } from '../forms/form.js';
import { projectEntity } from '../render/catalogue.js';
import { need, ok, Refusal } from '../replies.js';
import type { KimaiState } from '../state.js';
import type { KimaiProject, KimaiRate } from '../world.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';

const LONGEST_NAME = 150;

/** The copy of a project, the one creation of this API that answers 201. */
export function projectCopyRoutes(add: AddRoute): void {
  add('POST', '/api/projects/#id/duplicate', copy);
}

/** With teams, rates and visible activities of its own; a project that has an end goes on from there. */
const copy: ApiHandler = ({ call, state, access }) => {
  const old = rowOfPath(call, (id) => state.findProject(id));
  need(access.object('edit', 'project', access.teamsOfProject(old)));
  need(access.may('create_project') && access.may('create_activity'));
  const name = `${old.name} [COPY]`;
  if ([...name].length > LONGEST_NAME) {
    const message = `This value is too long. It should have ${LONGEST_NAME} characters or less.`;
    throw new Refusal(violationsReply([{ path: 'name', message }], 'save', access.user.language));
  }
  const row: KimaiProject = {
    ...old,
    id: state.takeId('projects'),
    name,
    number: nextNumber(state.world.projects),
    ...(old.end === null ? {} : { start: old.end, end: null }),
  };
  state.putProject(row);
  copyRates(state, 'project', old.id, row.id);
  for (const activity of state.world.activities.filter((one) => one.project === old.id && one.visible)) {
    const id = state.takeId('activities');
    state.putActivity({ ...activity, id, project: row.id, number: null });
    copyRates(state, 'activity', activity.id, id);
  }
  return { ...ok(projectEntity(state, row, access)), status: 201 };
};

function copyRates(state: KimaiState, kind: KimaiRate['kind'], from: number, to: number): void {
  for (const rate of state.world.rates.filter((one) => one.kind === kind && one.of === from))
    state.addRate({ ...rate, id: state.takeId(`${kind}Rates`), of: to });
}
