import * as yup from 'yup';
import type { Fact } from '../../domain/reason.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, json, list, queryInt, rowId, slug, uuid } from '../fields.contract.js';

export const auditItem = () =>
  closed({
    id: rowId().required(),
    at: instant().required(),
    bridgeId: yup.string().nullable().defined(),
    runId: rowId().nullable().defined(),
    actor: closed({
      kind: yup
        .string()
        .oneOf(['person', 'rule', 'policy', 'system'] as const)
        .required(),
      id: yup.string().nullable().defined(),
      name: yup.string().nullable().defined(),
    }),
    action: yup.string().required(),
    subjectKind: yup.string().required(),
    subjectId: yup.string().required(),
    /** What the subject is called now; null for what has no name or is gone. */
    subjectName: yup.string().nullable().defined(),
    /** Empty once erased. */
    details: json<Readonly<Record<string, Fact>>>().required(),
    /** Place in the sealed chain; null for the second until it is sealed. */
    sequence: rowId().nullable().defined(),
  });

export const listAudit = contract({
  id: 'listAudit',
  method: 'get',
  path: `${API_PREFIX}/audit`,
  summary: 'Who did what, the newest first',
  access: 'viewer',
  query: closed({
    bridge: slug(),
    run: rowId(),
    action: yup.string().max(80),
    subjectKind: yup.string().max(40),
    subjectId: yup.string().max(120),
    actor: uuid(),
    from: instant(),
    to: instant(),
    /** Items older than this id: the `next` of the page before. */
    before: rowId(),
    limit: queryInt().min(1).max(200).default(50),
  }),
  reply: closed({ items: list(auditItem()), next: rowId().nullable().defined() }),
});
