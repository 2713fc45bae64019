import * as yup from 'yup';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, list } from '../fields.contract.js';
import { conflictFilter } from './conflict-filter.contract.js';

const counted = { count: yup.number().required(), seconds: yup.number().required() };

/** Facets ignore the filter they are about, so that another value can be chosen. */
export const groupConflicts = contract({
  id: 'groupConflicts',
  method: 'get',
  path: `${API_PREFIX}/conflicts/groups`,
  summary: 'The inbox by kind and cause, and what it can be filtered by',
  access: 'viewer',
  query: closed(conflictFilter),
  reply: closed({
    /** `seconds`: sum of the absolute seconds at stake. */
    groups: list(
      closed({
        kind: yup.string().oneOf(CONFLICT_KINDS).required(),
        cause: yup.string().required(),
        ...counted,
      }),
    ),
    kinds: list(closed({ kind: yup.string().oneOf(CONFLICT_KINDS).required(), ...counted })),
    customers: list(closed({ key: yup.string().required(), name: yup.string().required(), ...counted })),
    people: list(closed({ id: yup.string().required(), name: yup.string().required(), ...counted })),
    views: closed({
      open: yup.number().required(),
      snoozed: yup.number().required(),
      done: yup.number().required(),
    }),
    /** What came later is counted from here on (`countArrivals`). */
    readAt: instant().required(),
    /** When the next snoozed case comes back by itself. */
    nextReturn: instant().nullable().defined(),
  }),
});
