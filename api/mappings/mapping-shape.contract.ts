import * as yup from 'yup';
import { closed, instant, rowId } from '../fields.contract.js';

/** What is mapped: Zammad's activity types, agents, organizations or customers to Kimai's activities, users, projects. */
export const MAPPING_KINDS = ['activities', 'users', 'customers'] as const;
export type MappingKind = (typeof MAPPING_KINDS)[number];

export const mappingKind = () =>
  yup.string().oneOf(MAPPING_KINDS, '${path} must be one of: ${values}').required();

/** Something of Kimai that can be chosen; `parentName` is a project's customer or an activity's project. */
export const target = () =>
  closed({
    id: yup.string().required(),
    name: yup.string().nullable().defined(),
    parentName: yup.string().nullable().defined(),
    number: yup.string().nullable().defined(),
    email: yup.string().nullable().defined(),
    /** False: it cannot be booked on any more. */
    active: yup.boolean().required(),
  });

export const mappingRow = () =>
  closed({
    /** Activity type id, `''` for *no type*; Zammad user id; `organization:<id>` or `customer:<id>`. */
    sourceId: yup.string().defined(),
    /** Null for *no type* and for things that Zammad no longer names. */
    sourceName: yup.string().nullable().defined(),
    sourceEmail: yup.string().nullable().defined(),
    sourceActive: yup.boolean().required(),
    entryCount: yup.number().required(),
    waitingCount: yup.number().required(),
    waitingSeconds: yup.number().required(),
    target: target().nullable().defined(),
    ignored: yup.boolean().required(),
    /** By the very same e-mail address, number or name; `similar` is a likeness that only a person may accept. */
    proposal: closed({
      target: target(),
      by: yup
        .string()
        .oneOf(['email', 'number', 'name', 'similar'] as const)
        .required(),
    })
      .nullable()
      .defined(),
    decidedBy: yup.string().nullable().defined(),
    updatedAt: instant().nullable().defined(),
    /** The open conflict that this gap is. */
    conflictId: rowId().nullable().defined(),
  });
export type MappingRow = yup.InferType<ReturnType<typeof mappingRow>>;

/** An open gap that a mapping decided: it takes effect after `applyAfter`. */
export const mappingDecision = () =>
  closed({
    conflictId: rowId().required(),
    decisionId: yup.string().required(),
    applyAfter: instant().required(),
  });
