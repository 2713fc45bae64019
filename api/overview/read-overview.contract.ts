import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, list } from '../fields.contract.js';

const count = () => yup.number().required();

/** Weeks that the plot shows. */
export const OVERVIEW_WEEKS = 12;
/** Days that the table of decisions looks back. */
export const OVERVIEW_DAYS = 30;

export const readOverview = contract({
  id: 'readOverview',
  method: 'get',
  path: `${API_PREFIX}/overview`,
  summary: 'Hours by week and where they stand, and who decided how much',
  access: 'viewer',
  reply: closed({
    /** The oldest first, this week last; seconds of the entries whose day is in the week. */
    weeks: list(
      closed({
        monday: isoDay().required(),
        agreedSeconds: count(),
        waitingSeconds: count(),
        pendingSeconds: count(),
        skippedSeconds: count(),
      }),
    ),
    /** The last 30 days, the most first. A person's withdrawn decisions do not count. */
    deciders: list(
      closed({
        kind: yup
          .string()
          .oneOf(['person', 'rule', 'policy'] as const)
          .required(),
        id: yup.string().nullable().defined(),
        name: yup.string().nullable().defined(),
        count: count(),
      }),
    ),
  }),
});
