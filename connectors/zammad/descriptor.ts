import { number, object, string } from 'yup';
import {
  baseUrlField,
  certificateField,
  timeZoneField,
  tokenField,
  type ConnectorDescriptor,
} from '../fields.js';

const UNITS = ['hour', 'quarter', 'minute', 'custom'] as const;
/** A day: no unit of time accounting is longer. */
const LONGEST_UNIT_SECONDS = 86_400;

export const zammadDescriptor: ConnectorDescriptor = {
  kind: 'zammad',
  role: 'source',
  title: 'Zammad',
  fields: [
    { name: 'baseUrl', input: 'url', required: true },
    { name: 'token', input: 'secret', required: true },
    { name: 'timeZone', input: 'time_zone', required: true },
    { name: 'unit', input: 'choice', required: true, choices: UNITS },
    { name: 'customUnitSeconds', input: 'number', required: false },
    { name: 'ca', input: 'multiline', required: false },
  ],
  permissions: ['admin.time_accounting', 'ticket.agent'],
};

/** What an admin enters for a Zammad. Zammad's number has no unit of its own, so one must be chosen. */
export const zammadSettings = object({
  baseUrl: baseUrlField('/api/v1'),
  token: tokenField(),
  timeZone: timeZoneField(),
  unit: string().required('required').oneOf(UNITS, 'unit_unknown'),
  customUnitSeconds: number().when('unit', {
    is: 'custom',
    then: (seconds) =>
      seconds
        .required('required')
        .integer('unit_seconds_invalid')
        .min(1, 'unit_seconds_invalid')
        .max(LONGEST_UNIT_SECONDS, 'unit_seconds_invalid'),
  }),
  ca: certificateField(),
});
