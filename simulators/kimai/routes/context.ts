import type { Call, Reply } from '../../kit/index.js';
import type { Access } from '../access.js';
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

/** The row that `:id` names. Ends with 404 when the id is none, or there is no such row. */
export function rowOfPath<T>(call: Call, find: (id: number) => T | undefined): T {
  const id = call.params['id'] ?? '';
  const row = /^\d+$/.test(id) ? find(Number(id)) : undefined;
  return row ?? refuse(404);
}
