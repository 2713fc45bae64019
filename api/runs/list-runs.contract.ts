import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, list, paging, queryList, slug } from '../fields.contract.js';
import { run, RUN_STATES } from './run-shape.contract.js';

export const listRuns = contract({
  id: 'listRuns',
  method: 'get',
  path: `${API_PREFIX}/runs`,
  summary: 'Runs, the newest first',
  access: 'viewer',
  query: closed({ bridge: slug(), state: queryList(RUN_STATES), ...paging(200) }),
  reply: closed({ total: yup.number().required(), items: list(run()) }),
});
