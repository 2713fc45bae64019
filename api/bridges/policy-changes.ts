import type { InferType } from 'yup';
import type { Policies } from '../../domain/policies.js';
import { invalidField } from '../http/problem.js';
import type { policyChanges } from './bridge-shape.contract.js';

type Changes = InferType<ReturnType<typeof policyChanges>>;

/** Policies with some of them changed. @throws Problem 422 when they contradict each other */
export function withPolicies(policies: Policies, changes: Changes): Policies {
  const { billableByActivity, fixedProjectId, ...rest } = changes ?? {};
  const changed: Policies = {
    ...policies,
    ...withoutAbsent(rest),
    ...(billableByActivity === undefined || billableByActivity === null ? {} : { billableByActivity }),
    ...(fixedProjectId === undefined ? {} : { fixedProjectId }),
  };
  if (changed.project === 'fixed' && changed.fixedProjectId === null) {
    throw invalidField(
      'policies.fixedProjectId',
      'required',
      'policies.fixedProjectId must be set when project is "fixed"',
    );
  }
  return changed;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(given: T): Present<T> {
  const present: Present<T> = { ...given };
  for (const name in present) if (present[name] === undefined) delete present[name];
  return present;
}
