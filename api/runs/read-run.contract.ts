import { API_PREFIX, contract } from '../contract.js';
import { closed, json, rowId } from '../fields.contract.js';
import { run } from './run-shape.contract.js';

export const readRun = contract({
  id: 'readRun',
  method: 'get',
  path: `${API_PREFIX}/runs/:runId`,
  summary: 'One run with its sums',
  access: 'viewer',
  params: closed({ runId: rowId().required() }),
  reply: closed({
    run: run(),
    /** The proof that the sum comes out, per month; null until the run is finished. */
    sums: json().nullable().defined(),
  }),
});
