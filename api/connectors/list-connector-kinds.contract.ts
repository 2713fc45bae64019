import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, json, list } from '../fields.contract.js';
import { CONNECTOR_KINDS } from './connector-shape.contract.js';

export const listConnectorKinds = contract({
  id: 'listConnectorKinds',
  method: 'get',
  path: `${API_PREFIX}/connector-kinds`,
  summary: 'The systems that can be connected, and the fields each needs',
  access: 'viewer',
  reply: closed({
    items: list(
      closed({ kind: yup.string().oneOf(CONNECTOR_KINDS).required(), descriptor: json().required() }),
    ),
  }),
});
