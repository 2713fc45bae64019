import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, slug } from '../fields.contract.js';

export const setConnectorToken = contract({
  id: 'setConnectorToken',
  method: 'put',
  path: `${API_PREFIX}/connectors/:connectorId/token`,
  summary: 'Store the token of a system; it is sealed at once and only the worker can open it',
  access: 'admin',
  status: 204,
  params: closed({ connectorId: slug().required() }),
  body: closed({
    token: yup
      .string()
      .matches(/^[\x21-\x7e]+$/, '${path} must be the token alone, without spaces')
      .max(4000)
      .required(),
  }),
  reply: nothing,
});
