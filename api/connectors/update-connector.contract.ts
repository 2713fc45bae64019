import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, slug, text } from '../fields.contract.js';
import { connector, systemUrl, timeZone, unitPeriod } from './connector-shape.contract.js';

/** Another `baseUrl` drops the stored token, so that it never goes to an address it was not given for. */
export const updateConnector = contract({
  id: 'updateConnector',
  method: 'patch',
  path: `${API_PREFIX}/connectors/:connectorId`,
  summary: 'Change a system; members left out keep their value',
  access: 'admin',
  params: closed({ connectorId: slug().required() }),
  body: closed({
    name: text(120),
    baseUrl: systemUrl(),
    webUrl: systemUrl(),
    timeZone: timeZone(),
    unitPeriods: list(unitPeriod()).optional(),
    settings: yup.mixed<Record<string, unknown>>({ type: 'object' }),
  }),
  reply: closed({ connector: connector(), tokenDropped: yup.boolean().required() }),
});
