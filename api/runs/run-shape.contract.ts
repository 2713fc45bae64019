import * as yup from 'yup';
import { closed, instant, json, reason, rowId } from '../fields.contract.js';

export const RUN_STATES = ['running', 'completed', 'stopped', 'failed', 'target_paused'] as const;

export const run = () =>
  closed({
    id: rowId().required(),
    bridgeId: yup.string().required(),
    bridgeName: yup.string().required(),
    trigger: yup
      .string()
      .oneOf(['person', 'schedule', 'cli', 'probe', 'webhooks'] as const)
      .required(),
    /** Name of the person who started it. */
    triggeredBy: yup.string().nullable().defined(),
    full: yup.boolean().required(),
    state: yup.string().oneOf(RUN_STATES).required(),
    phase: yup
      .string()
      .oneOf(['fetching', 'reconciling', 'applying', 'finished'] as const)
      .required(),
    /** How much was read, planned, asked, written, refused … by name. */
    counters: json<Readonly<Record<string, number>>>().required(),
    error: reason().nullable().defined(),
    /** What was found and did not stop the run, e.g. that the source's own month report tells another sum. */
    warnings: yup.array().of(reason()),
    /** Seconds that nothing explains, over all months; 0 when the sum comes out, null before the run is finished. */
    brokenSeconds: yup.number().nullable(),
    startedAt: instant().required(),
    finishedAt: instant().nullable().defined(),
    /** The run's process in Temporal's own pages. */
    workflowUrl: yup.string().nullable().defined(),
  });
export type Run = yup.InferType<ReturnType<typeof run>>;
