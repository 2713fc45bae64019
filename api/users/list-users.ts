import { listUsers as readUsers } from '../../db/stores/users.js';
import { endpoint } from '../endpoint.js';
import { listUsers } from './list-users.contract.js';
import { presentUser } from './present-user.js';

export const listUsersEndpoint = endpoint(listUsers, async ({ db }) => ({
  items: (await readUsers({ db, tx: null })).map(presentUser),
}));
