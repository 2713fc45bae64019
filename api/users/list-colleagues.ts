import { listColleagues as readColleagues } from '../../db/stores/users.js';
import { endpoint } from '../endpoint.js';
import { listColleagues } from './list-colleagues.contract.js';

export const listColleaguesEndpoint = endpoint(listColleagues, async ({ db }) => ({
  items: await readColleagues({ db, tx: null }),
}));
