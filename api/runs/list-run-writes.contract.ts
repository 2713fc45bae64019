import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed, isoDay, list, paging, rowId } from '../fields.contract.js';

const seconds = () => yup.number().nullable().defined();

export const listRunWrites = contract({
  id: 'listRunWrites',
  method: 'get',
  path: `${API_PREFIX}/runs/:runId/writes`,
  summary: 'What a run wrote to Kimai, entry by entry; what was refused comes first',
  access: 'viewer',
  params: closed({ runId: rowId().required() }),
  query: closed(paging(200)),
  reply: closed({
    total: yup.number().required(),
    items: list(
      closed({
        id: rowId().required(),
        operation: yup
          .string()
          .oneOf(['create', 'update', 'delete'] as const)
          .required(),
        /** `open` has not been answered yet; `dropped` was not written, because what it rests on had changed. */
        state: yup
          .string()
          .oneOf(['open', 'done', 'refused', 'dropped'] as const)
          .required(),
        day: isoDay().nullable().defined(),
        newSeconds: seconds(),
        oldSeconds: seconds(),
        timesheetUrl: yup.string().nullable().defined(),
        ticketNumber: yup.string().nullable().defined(),
        ticketTitle: yup.string().nullable().defined(),
        customerName: yup.string().nullable().defined(),
        personName: yup.string().nullable().defined(),
        /** What Kimai said when it refused. */
        quoted: yup.string().nullable().defined(),
      }),
    ),
  }),
});
