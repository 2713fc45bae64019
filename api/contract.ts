import type * as yup from 'yup';

/* Browser-safe: the same objects describe an endpoint to the API, the pages, the CLI and the OpenAPI document. */

/** Every path of a contract starts with it. */
export const API_PREFIX = '/api/v1';

export const ROLES = ['viewer', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** `public`: nobody needs to be logged in; otherwise the least role that may call. */
export type Access = 'public' | Role;

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One endpoint. A part that is left out must be absent in the request. */
export interface Contract<P, Q, B, R> {
  /** Unique name, the `operationId` of the OpenAPI document. */
  readonly id: string;
  readonly method: Method;
  /** With `:name` for each member of `params`. */
  readonly path: `${typeof API_PREFIX}/${string}`;
  readonly summary: string;
  readonly access: Access;
  /** Of the answer when all is well; 200 when left out. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly params?: yup.ISchema<P>;
  readonly query?: yup.ISchema<Q>;
  readonly body?: yup.ISchema<B>;
  readonly reply: yup.ISchema<R>;
}

/** Any endpoint's contract, for what walks over all of them. */
export type AnyContract = Contract<unknown, unknown, unknown, unknown>;
export type QueryOf<C> = C extends Contract<unknown, infer Q, unknown, unknown> ? Q : never;
export type BodyOf<C> = C extends Contract<unknown, unknown, infer B, unknown> ? B : never;
export type ReplyOf<C> = C extends Contract<unknown, unknown, unknown, infer R> ? R : never;

/** Names the parts' types once; a part that is left out is `undefined`. */
export const contract = <R, P = undefined, Q = undefined, B = undefined>(
  description: Contract<P, Q, B, R>,
): Contract<P, Q, B, R> => description;

declare module 'yup' {
  interface CustomSchemaMetadata {
    format?: string;
    description?: string;
    examples?: readonly unknown[];
  }
}
