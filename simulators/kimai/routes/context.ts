import type { Call, Reply } from '../../kit/index.js';
import type { Access, ObjectKind } from '../access.js';
import { refuse } from '../replies.js';
import type { KimaiState } from '../state.js';

/** What a handler of an API route works with. */
export interface Context {
  readonly call: Call;
  readonly state: KimaiState;
  readonly access: Access;
}

/** A handler of an API route; the caller is known by then. */
export type ApiHandler = (context: Context) => Reply;

/** Adds API routes to a simulator. */
export type AddRoute = (method: string, pattern: string, handler: ApiHandler) => void;

/** The number that a part of the path names. Ends with 404 when it is none. */
export function idOfPath(call: Call, name = 'id'): number {
  const id = call.params[name] ?? '';
  return /^\d+$/.test(id) ? Number(id) : refuse(404);
}

/** The row that `:id` names. Ends with 404 when the id is none, or there is no such row. */
export function rowOfPath<T>(call: Call, find: (id: number) => T | undefined): T {
  return find(idOfPath(call)) ?? refuse(404);
}

/** Where the objects that can be restricted to teams lie in the API. */
export const OBJECT_FOLDERS = { customers: 'customer', projects: 'project', activities: 'activity' } as const;

/** The teams of an object, with those that it has from the objects above it. Undefined when there is no such object. */
export function teamsOfObject(
  state: KimaiState,
  access: Access,
  kind: ObjectKind,
  id: number,
): readonly number[] | undefined {
  if (kind === 'customer') return state.findCustomer(id)?.teams;
  const [project, activity] = [state.findProject(id), state.findActivity(id)];
  if (kind === 'project') return project === undefined ? undefined : access.teamsOfProject(project);
  return activity === undefined ? undefined : access.teamsOfActivity(activity);
}
