import * as yup from 'yup';
import type { Contract } from '../contract.js';
import { invalidInput, type Issue } from './problem.js';

export type Input<P, Q, B> = { readonly params: P; readonly query: Q; readonly body: B };
type Raw = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

/** What the contract makes of a request. @throws Problem 422 with every issue of all three parts */
export async function checkInput<P, Q, B, R>(
  contract: Contract<P, Q, B, R>,
  raw: Raw,
): Promise<Input<P, Q, B>> {
  const issues: Issue[] = [];
  // Path and query are text and must be cast; a JSON body has types, and casting would hide wrong ones.
  const params = await part('params', contract.params, raw.params, false, issues);
  const query = await part('query', contract.query, raw.query, false, issues);
  const body = await part('body', contract.body, raw.body, true, issues);
  if (issues.length > 0) throw invalidInput(issues);
  return { params, query, body };
}

/** Notes what is wrong in `issues`; the value it then returns is never used. */
async function part<T>(
  where: Issue['in'],
  schema: yup.ISchema<T> | undefined,
  raw: unknown,
  strict: boolean,
  issues: Issue[],
): Promise<T> {
  try {
    // A part without a schema has the type `undefined` (see `contract`).
    return schema
      ? await schema.validate(raw, { abortEarly: false, strict, stripUnknown: false })
      : (undefined as T);
  } catch (failure) {
    if (!(failure instanceof yup.ValidationError)) throw failure;
    for (const issue of failure.inner.length > 0 ? failure.inner : [failure]) {
      issues.push({
        in: where,
        path: issue.path ?? '',
        rule: issue.type ?? 'invalid',
        message: issue.message,
      });
    }
    return undefined as T;
  }
}
