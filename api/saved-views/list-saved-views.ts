import { listSavedViews as readViews } from '../../db/stores/saved-views.js';
import { endpoint } from '../endpoint.js';
import { listSavedViews } from './list-saved-views.contract.js';

export const listSavedViewsEndpoint = endpoint(listSavedViews, async ({ db }, { actor }) => ({
  items: await readViews({ db, tx: null }, actor.userId),
}));
