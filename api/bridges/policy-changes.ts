import type { InferType } from 'yup';
import type { ConnectorRecord } from '../../db/stores/connectors.js';
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

/**
 * A bridge that makes customers needs a token that may. What no test of the connection has found out yet passes: the
 * first customer tells. @throws Problem 422 that names the rights
 */
export function assertMayProvision(
  before: Policies | null,
  { customers }: Policies,
  { capabilities }: Pick<ConnectorRecord, 'capabilities'>,
): void {
  if (customers !== 'create' || before?.customers === 'create') return;
  if (capabilities['createsCustomers'] !== false) return;
  const told = capabilities['missingToCreateCustomers'];
  const missing = typeof told === 'string' ? told : 'create_customer, create_project';
  throw invalidField(
    'policies.customers',
    'permission',
    `policies.customers cannot be "create": the API token of Kimai lacks ${missing}. Give these permissions to the role of its user, test the connection, then save again`,
  );
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(given: T): Present<T> {
  const present: Present<T> = { ...given };
  for (const name in present) if (present[name] === undefined) delete present[name];
  return present;
}
