import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant } from '../fields.contract.js';
import { conflictFilter } from './conflict-filter.contract.js';

const { view: _always, ...filter } = conflictFilter;

/** For a page that shows an older list: cheap enough to be asked at each change. */
export const countArrivals = contract({
  id: 'countArrivals',
  method: 'get',
  path: `${API_PREFIX}/conflicts/arrivals`,
  summary: 'How many cases have come to the inbox since a list of it was read',
  access: 'viewer',
  query: closed({
    ...filter,
    /** `readAt` of that list. */
    since: instant().required(),
  }),
  reply: closed({
    total: yup.number().required(),
    arrived: yup.number().required(),
    readAt: instant().required(),
    /** When the next snoozed case comes back by itself. */
    nextReturn: instant().nullable().defined(),
  }),
});
