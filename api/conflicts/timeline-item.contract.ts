import * as yup from 'yup';
import type { Fact } from '../../domain/reason.js';
import { closed, instant, json } from '../fields.contract.js';

/** What happened to an entry or a case; `code` and `facts` make the sentence (`words/events.ts`). */
export const timelineItem = () =>
  closed({
    at: instant().required(),
    code: yup.string().required(),
    facts: json<Readonly<Record<string, Fact>>>().required(),
    actor: closed({
      kind: yup
        .string()
        .oneOf(['person', 'rule', 'policy', 'system'] as const)
        .required(),
      id: yup.string().nullable().defined(),
      name: yup.string().nullable().defined(),
    }),
  });
