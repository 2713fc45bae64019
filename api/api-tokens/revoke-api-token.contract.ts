import { API_PREFIX, contract } from '../contract.js';
import { nothing } from '../empty.contract.js';
import { closed, uuid } from '../fields.contract.js';

export const revokeApiToken = contract({
  id: 'revokeApiToken',
  method: 'delete',
  path: `${API_PREFIX}/api-tokens/:tokenId`,
  summary: 'Revoke an own token; an admin any',
  access: 'viewer',
  status: 204,
  params: closed({ tokenId: uuid().required() }),
  reply: nothing,
});
