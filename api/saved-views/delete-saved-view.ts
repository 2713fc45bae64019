import { deleteSavedView as forgetView } from '../../db/stores/saved-views.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { deleteSavedView } from './delete-saved-view.contract.js';

export const deleteSavedViewEndpoint = endpoint(deleteSavedView, async ({ db }, { params, actor }) => {
  if (!(await forgetView({ db, tx: null }, actor.userId, params.viewId))) throw notFound('saved view');
  return null;
});
