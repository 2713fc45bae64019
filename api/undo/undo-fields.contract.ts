import * as yup from 'yup';
import { closed, json, list, queryBoolean, reason, rowId, uuid } from '../fields.contract.js';

export const UNDO_ACTIONS = ['delete', 'restore', 'recreate', 'unlink', 'reopen', 'nothing'] as const;
const ITEM_STATES = ['pending', 'writing', 'undone', 'left'] as const;

/** `preview=true` shows what would be written back, from what was last read, and changes nothing. */
export const undoQuery = () => closed({ preview: queryBoolean() });

export const undoItem = () =>
  closed({
    /** Our id of the entry that it is about. */
    leadId: rowId().required(),
    bridgeId: yup.string().required(),
    ticketNumber: yup.string().nullable().defined(),
    state: yup.string().oneOf(ITEM_STATES).required(),
    action: yup.string().oneOf(UNDO_ACTIONS).nullable().defined(),
    /** Which fields get back what was there before. */
    fields: list(yup.string().required()),
    /** What is left as it is, and why. */
    left: list(reason()),
  });

export const undoReply = () =>
  closed({
    /** Null in a preview. */
    undoId: uuid().nullable().defined(),
    /** Entries by action; what is left counts as `nothing`. */
    counts: json<Record<string, number>>().required(),
    items: list(undoItem()),
  });
