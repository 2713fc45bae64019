import type { Gap } from './gaps.js';
import type { CatalogueItem } from './staged.js';

/**
 * Who shall be billed, where the policy makes customers: a customer of the target with one project to book on. `number`
 * is what it is found again by, whatever people rename; a project has none where the target's field is too short.
 */
export type Provision = {
  readonly customer: { readonly name: string; readonly number: string };
  readonly project: { readonly name: string; readonly number: string | null };
};

/** Characters that a name has at least and at most, and those that a project's number may have (kimai-api, 6). */
const SHORTEST_NAME = 2;
const LONGEST_NAME = 150;
const LONGEST_PROJECT_NUMBER = 10;
const ORGANIZATION = 'organization:';

/**
 * What is to be made for a gap; null for what nobody may find out from an invoice: a ticket customer without an
 * organization (nearly always one that somebody forgot to set), and a name that is none.
 */
export function provisionOf({ kind, key, name }: Gap, code: string): Provision | null {
  if (kind !== 'unmapped_customer' || !key.startsWith(ORGANIZATION)) return null;
  const called = plain(name).slice(0, LONGEST_NAME).trim();
  if (called.length < SHORTEST_NAME) return null;
  const number = `${code}-${key.slice(ORGANIZATION.length)}`;
  const fits = number.length <= LONGEST_PROJECT_NUMBER;
  return { customer: { name: called, number }, project: { name: called, number: fits ? number : null } };
}

/** Canonical: a refusal of the same is not tried again unasked. */
export const provisionKey = ({ customer, project }: Provision): string =>
  JSON.stringify([customer.name, customer.number, project.name, project.number]);

/** Why a person has to say on which project the time goes. */
export type ProvisionDoubt =
  | 'several_customers'
  | 'customer_alike'
  | 'customer_hidden'
  | 'several_projects'
  | 'other_projects'
  | 'project_closed';

export type Found =
  | { readonly kind: 'found'; readonly item: CatalogueItem }
  | { readonly kind: 'absent' }
  | { readonly kind: 'doubt'; readonly doubt: ProvisionDoubt };

/** The customer that is there already, by its number or by its exact name: never by likeness. */
export function findCustomer({ customer }: Provision, customers: readonly CatalogueItem[]): Found {
  const same = matching(customers, customer);
  if (same.length > 1) return { kind: 'doubt', doubt: 'several_customers' };
  const [item] = same;
  if (item === undefined) {
    const alike = customers.some(({ name }) => folded(name) === folded(customer.name));
    return alike ? { kind: 'doubt', doubt: 'customer_alike' } : { kind: 'absent' };
  }
  return item.active ? { kind: 'found', item } : { kind: 'doubt', doubt: 'customer_hidden' };
}

/**
 * The project of that customer, by its number or its exact name. A customer that people gave other projects is left to
 * them: one more beside those would be billed at other rates.
 */
export function findProject({ project }: Provision, projects: readonly CatalogueItem[]): Found {
  const same = matching(projects, project);
  if (same.length > 1) return { kind: 'doubt', doubt: 'several_projects' };
  const [item] = same;
  if (item !== undefined)
    return item.active ? { kind: 'found', item } : { kind: 'doubt', doubt: 'project_closed' };
  return projects.some(({ active }) => active)
    ? { kind: 'doubt', doubt: 'other_projects' }
    : { kind: 'absent' };
}

/** What bears the number; where nothing does, what bears the name. */
function matching(
  items: readonly CatalogueItem[],
  { name, number }: { readonly name: string; readonly number: string | null },
): readonly CatalogueItem[] {
  const numbered = number === null ? [] : items.filter((item) => item.number === number);
  return numbered.length > 0 ? numbered : items.filter((item) => plain(item.name) === name);
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
const folded = (text: string): string => plain(text).toLowerCase();
