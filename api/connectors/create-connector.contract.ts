import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug, text } from '../fields.contract.js';
import { connector, connectorKind, systemUrl, timeZone, unitPeriod } from './connector-shape.contract.js';

export const createConnector = contract({
  id: 'createConnector',
  method: 'post',
  path: `${API_PREFIX}/connectors`,
  summary: 'Add a system',
  access: 'admin',
  status: 201,
  body: closed({
    id: slug().required(),
    kind: connectorKind().required(),
    name: text(120).required(),
    /** Where the worker calls it. */
    baseUrl: systemUrl().required(),
    /** Where people open it; left out: the base URL. */
    webUrl: systemUrl(),
    token: yup.string().max(4000),
    timeZone: timeZone().required(),
    unitPeriods: list(unitPeriod()).optional(),
    settings: yup.mixed<Record<string, unknown>>({ type: 'object' }),
  }),
  reply: closed({ connector: connector() }),
});
