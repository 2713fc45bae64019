import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, list, paging, queryList, reason, rowId, slug } from '../fields.contract.js';

/** Where an entry can stand in a bridge; `new` and `pending` are on their way to Kimai. */
export const ENTRY_STATES = ['agreed', 'waiting', 'pending', 'new', 'skipped', 'before_start'] as const;

const state = () => yup.string().oneOf(ENTRY_STATES).required();

export const listStandings = contract({
  id: 'listStandings',
  method: 'get',
  path: `${API_PREFIX}/standings`,
  summary: 'Entries of Zammad and where each stands, the newest day first',
  access: 'viewer',
  query: closed({
    bridge: slug(),
    state: queryList(ENTRY_STATES),
    /** First and last day, both included. */
    from: isoDay(),
    to: isoDay(),
    /** The id of the rule that settled them, or `any`. */
    rule: yup.string().matches(/^(any|[0-9a-f-]{36})$/, '${path} must be the id of a rule, or any'),
    ...paging(200),
  }),
  reply: closed({
    total: yup.number().required(),
    /** Of all of them, corrections with their sign. */
    seconds: yup.number().required(),
    /** What the rule that was asked for is called; null for `any` and for one that is gone. */
    ruleName: yup.string().nullable().defined(),
    items: list(
      closed({
        id: rowId().required(),
        sourceId: yup.string().required(),
        bridgeId: yup.string().required(),
        bridgeName: yup.string().required(),
        entryDate: isoDay().required(),
        seconds: yup.number().nullable().defined(),
        personName: yup.string().defined(),
        ticketNumber: yup.string().nullable().defined(),
        ticketTitle: yup.string().nullable().defined(),
        ticketUrl: yup.string().required(),
        customerName: yup.string().nullable().defined(),
        state: state(),
        why: reason().nullable().defined(),
        conflictId: rowId().nullable().defined(),
      }),
    ),
  }),
});
