import type { HttpOptions } from '../http.js';
import type { ConnectorContext, TimeTarget } from '../port.js';
import type { Timesheet } from '../../domain/timesheet.js';
import { readCatalogue } from './catalogue.js';
import { checkKimai } from './check.js';
import { createKimaiClient } from './client.js';
import { createProvisioning } from './provisioning.js';
import { createTags } from './tags.js';
import { findByMarker, listTimesheets, readTimesheet } from './timesheets.js';
import { createUserZones } from './user-zones.js';
import { createTimesheet, deleteTimesheet, updateTimesheet } from './writes.js';

/** Kimai as a target of time. The context's zone is that of the token's user (`check` says when it is not). */
export function createKimaiTarget(context: ConnectorContext, timing?: HttpOptions['timing']): TimeTarget {
  const client = createKimaiClient(context, timing);
  const zones = createUserZones(client);
  const tags = createTags(client);
  const compared = (row: Timesheet, wanted: readonly string[]): Timesheet => {
    tags.compare(wanted, row.tags);
    return row;
  };
  const { timeZone } = context;
  return {
    check: (depth = 'full') => checkKimai(client, timeZone, depth),
    catalogue: () => readCatalogue(client, timeZone),
    listTimesheets: (query, cursor) => listTimesheets(client, zones, timeZone, query, cursor),
    readTimesheet: (externalId) => readTimesheet(client, timeZone, externalId),
    findByMarker: (marker, around) => findByMarker(client, timeZone, marker, around),
    createTimesheet: async (desired) =>
      compared(await createTimesheet(client, timeZone, desired), desired.tags),
    updateTimesheet: async (externalId, changes) =>
      compared(await updateTimesheet(client, zones, timeZone, externalId, changes), changes.tags ?? []),
    deleteTimesheet: (externalId) => deleteTimesheet(client, externalId),
    ensureTag: tags.ensure,
    provisioning: createProvisioning(client, timeZone),
    close: client.close,
  };
}
