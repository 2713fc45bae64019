import { number, object, string } from 'yup';
import { ROUNDING_MODES } from '../../domain/target-rounding.js';
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
    { name: 'roundingMode', input: 'choice', required: false, choices: ROUNDING_MODES },
    { name: 'roundingBegin', input: 'number', required: false },
    { name: 'roundingEnd', input: 'number', required: false },
    { name: 'roundingDuration', input: 'number', required: false },
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

/** A day: Kimai rounds to nothing longer. */
const roundingMinutes = () =>
  number().integer('rounding_invalid').min(0, 'rounding_invalid').max(1_440, 'rounding_invalid');

/** What an admin enters for a Kimai. The zone must be that of the token's user: Kimai reads times in it. */
export const kimaiSettings = object({
  baseUrl: baseUrlField('/api'),
  token: tokenField(),
  timeZone: timeZoneField(),
  ca: certificateField(),
  roundingMode: string().oneOf(ROUNDING_MODES, 'rounding_unknown'),
  roundingBegin: roundingMinutes(),
  roundingEnd: roundingMinutes(),
  roundingDuration: roundingMinutes(),
});
