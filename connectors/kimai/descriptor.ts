import { object } from 'yup';
import {
  baseUrlField,
  certificateField,
  timeZoneField,
  tokenField,
  type ConnectorDescriptor,
} from '../fields.js';

export const kimaiDescriptor: ConnectorDescriptor = {
  kind: 'kimai',
  role: 'target',
  title: 'Kimai',
  fields: [
    { name: 'baseUrl', input: 'url', required: true },
    { name: 'token', input: 'secret', required: true },
    { name: 'timeZone', input: 'time_zone', required: true },
    { name: 'ca', input: 'multiline', required: false },
  ],
  permissions: [
    'view_user',
    'view_all_data',
    'view_other_timesheet',
    'create_other_timesheet',
    'edit_other_timesheet',
    'delete_other_timesheet',
  ],
};

/** What an admin enters for a Kimai. The zone must be that of the token's user: Kimai reads times in it. */
export const kimaiSettings = object({
  baseUrl: baseUrlField('/api'),
  token: tokenField(),
  timeZone: timeZoneField(),
  ca: certificateField(),
});
