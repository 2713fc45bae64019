import type { Access } from '../access.js';
import type { Draft } from '../draft.js';
import type { KimaiState } from '../state.js';
import type { KimaiProject } from '../world.js';
import { dayOf } from '../zones.js';

/** Whether a project runs on a day, `YYYY-MM-DD`. */
export function runsOn(project: KimaiProject, day: string): boolean {
  return (project.start === null || project.start <= day) && (project.end === null || project.end >= day);
}

/**
 * Projects to choose from: visible, of a visible customer, accessible and running today, whatever day is booked. A
 * stored record may keep the project it has.
 */
export function isProjectOnOffer(state: KimaiState, access: Access, id: number, base: Draft): boolean {
  if (base.id !== null && id === base.project) return true;
  const project = state.findProject(id);
  if (project === undefined || !project.visible || !state.customer(project.customer).visible) return false;
  return access.project(project) && runsOn(project, dayOf(access.user.timezone, state.now()));
}

/** Activities to choose from: visible, accessible, of the project, or global where the project allows it. */
export function isActivityOnOffer(
  state: KimaiState,
  access: Access,
  id: number,
  projectId: number | null,
  base: Draft,
): boolean {
  if (base.id !== null && id === base.activity) return true;
  const activity = state.findActivity(id);
  if (activity === undefined || !activity.visible || !access.activity(activity)) return false;
  if (activity.project === null)
    return projectId === null || (state.findProject(projectId)?.globalActivities ?? true);
  const home = state.project(activity.project);
  if (!home.visible || !state.customer(home.customer).visible) return false;
  return projectId === null || activity.project === projectId;
}

/** Users to book for: oneself, and enabled people in reach (`view_all_data`, else members of teams one leads). */
export function isUserOnOffer(state: KimaiState, access: Access, id: number, base: Draft): boolean {
  if (id === base.user) return true;
  const user = state.findUser(id);
  if (user === undefined || !user.enabled || user.systemAccount) return false;
  return access.seesAll || access.ledUserIds().has(id);
}
