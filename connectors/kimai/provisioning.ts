import { SyncError } from '../../domain/errors.js';
import { zoneDayAt, instantMs } from '../../domain/zone.js';
import type { Answer } from '../http.js';
import { parseList } from '../parse.js';
import type { CatalogueItem, Provisioning } from '../port.js';
import { customer, EVERY_VISIBILITY, project } from './catalogue.js';
import type { KimaiClient } from './client.js';
import { idNumber } from './writes.js';

/**
 * Customers and projects, made with what Kimai needs and no more: country, currency and time zone are its own defaults.
 * What is said here was false before 2.63 when it was left out.
 */
export function createProvisioning(client: KimaiClient, timeZone: string): Provisioning {
  const today = (readAt: string): string => zoneDayAt(instantMs(readAt), timeZone).day;
  return {
    customers: async () => {
      const { body } = await client.read('/customers', { visible: EVERY_VISIBILITY }, 'view_customer');
      return parseList(body, 'GET /customers').map(customer);
    },
    projectsOf: async (customerId) => {
      const query = { visible: EVERY_VISIBILITY, ignoreDates: 1, customer: idNumber(customerId) };
      const { body, readAt } = await client.read('/projects', query, 'view_project');
      // An id that Kimai does not know is no filter at all: everything comes back.
      return parseList(body, 'GET /projects')
        .map((row) => project(row, today(readAt)))
        .filter(({ parentId }) => parentId === customerId);
    },
    createCustomer: async ({ name, number }) => {
      const body = { name, number, visible: true, billable: true };
      return made(await client.write({ method: 'POST', path: '/customers', body }), customer);
    },
    createProject: async ({ name, number, customerId }) => {
      const body = {
        name,
        customer: idNumber(customerId),
        ...(number === null ? {} : { number }),
        visible: true,
        billable: true,
        globalActivities: true,
      };
      const answer = await client.write({ method: 'POST', path: '/projects', body });
      return made(answer, (row) => project(row, today(answer.readAt)));
    },
  };
}

/** An answer that cannot be read was a write all the same. */
function made({ body, status }: Answer, read: (row: unknown) => CatalogueItem): CatalogueItem {
  try {
    return read(body);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    throw new SyncError('outcome_unknown', error.message, { status }, { cause: error });
  }
}
