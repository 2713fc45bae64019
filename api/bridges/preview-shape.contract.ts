import * as yup from 'yup';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { closed, instant, isoDay, list, reason } from '../fields.contract.js';

export const STEP_KINDS = [
  'in_sync',
  'adopt',
  'create',
  'update',
  'delete',
  'accept',
  'map',
  'provision',
  'skip',
  'wait',
  'ask',
] as const;

const number = () => yup.number().required();
const name = () => yup.string().nullable().defined();
const stepKind = () => yup.string().oneOf(STEP_KINDS).required();
const conflictKind = () => yup.string().oneOf(CONFLICT_KINDS).required();

/** Seconds are what Kimai would gain or lose by a write; for what is not written, the time it is about. */
export const previewSummary = () =>
  closed({
    entryCount: number(),
    entrySeconds: number(),
    oldestDay: isoDay().nullable().defined(),
    beforeStart: closed({ count: number(), seconds: number() }),
    steps: list(closed({ kind: stepKind(), count: number(), seconds: number() })),
    /** Per month (`YYYY-MM`, the newest first), customer and kind of step. */
    lines: list(
      closed({
        month: yup.string().required(),
        customerKey: yup.string().required(),
        customerName: name(),
        kind: stepKind(),
        count: number(),
        seconds: number(),
      }),
    ),
    /** By kind and cause; cause `missing_old` is what confirming the first run would write without asking. */
    questions: list(
      closed({
        kind: conflictKind(),
        cause: yup.string().required(),
        count: number(),
        entryCount: number(),
        seconds: number(),
      }),
    ),
    gaps: list(
      closed({
        kind: conflictKind(),
        key: yup.string().defined(),
        name: yup.string().defined(),
        entryCount: number(),
        seconds: number(),
      }),
    ),
    /** Customers and projects that Kimai would get, where the policy makes them; absent in previews of older releases. */
    provisions: list(
      closed({
        key: yup.string().required(),
        name: yup.string().required(),
        makes: yup
          .string()
          .oneOf(['customer', 'project', 'nothing', 'question'] as const)
          .required(),
        doubt: yup.string().nullable().defined(),
        entryCount: number(),
        seconds: number(),
      }),
    ).optional(),
    /** What becomes of the cases that are open now: `ask` still waits for people, the rest is settled. */
    openCases: list(
      closed({
        by: yup
          .string()
          .oneOf(['policy', 'rule', 'decision'] as const)
          .required(),
        kind: stepKind(),
        count: number(),
      }),
    ),
    /** Written and open entries that today's mappings and description would change, with the hours they have. */
    reapplied: closed({ count: number(), seconds: number() }),
    /** Up to 200 steps, not too many alike. */
    samples: list(
      closed({
        kind: stepKind(),
        sourceId: yup.string().required(),
        ticketNumber: yup.string().defined(),
        ticketTitle: yup.string().defined(),
        customerName: name(),
        personName: yup.string().defined(),
        day: isoDay().required(),
        seconds: number(),
        why: reason(),
      }),
    ),
  });

export const preview = () =>
  closed({
    id: yup.string().required(),
    state: yup
      .string()
      .oneOf(['running', 'done', 'failed'] as const)
      .required(),
    phase: yup
      .string()
      .oneOf(['fetching', 'reconciling', 'finished'] as const)
      .required(),
    asConfirmed: yup.boolean().required(),
    reapply: yup.boolean().required(),
    tickets: closed({ done: number(), total: number() }),
    summary: previewSummary().nullable().defined(),
    error: reason().nullable().defined(),
    startedAt: instant().required(),
    finishedAt: instant().nullable().defined(),
  });
export type Preview = yup.InferType<ReturnType<typeof preview>>;
export type PreviewSummaryView = yup.InferType<ReturnType<typeof previewSummary>>;
