import * as yup from 'yup';
import { closed, instant, isoDay, list, rowId } from '../fields.contract.js';

/** The unified time entry, as every interface of ours shows it: snake case, and minutes as a decimal number. */
export const timeEntry = () =>
  closed({
    id: rowId().required(),
    source: yup.string().required(),
    source_id: yup.string().required(),
    ticket_number: yup.string().required(),
    ticket_id: yup.number().required(),
    ticket_title: yup.string().defined(),
    /** The ticket was merged into another one; its time stays with it. */
    ticket_merged: yup.boolean().required(),
    description: yup.string().defined(),
    /** Null when the record could not be read. */
    time_minutes: yup.number().nullable().defined(),
    /** The number as Zammad holds it, in its own unit. */
    unit_text: yup.string().defined(),
    activity_type_id: yup.number().nullable().defined(),
    activity_name: yup.string().nullable().defined(),
    user_name: yup.string().defined(),
    user_email: yup.string().nullable().defined(),
    customer_name: yup.string().nullable().defined(),
    entry_date: isoDay().required(),
    created_at: instant().required(),
    updated_at: instant().required(),
    deleted_at: instant().nullable().defined(),
    tags: list(yup.string().defined()),
    url: yup.string().nullable().defined(),
  });
export type TimeEntryView = yup.InferType<ReturnType<typeof timeEntry>>;
