import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { RunTrigger } from '../activities/contract.js';
import { SEARCH_ATTRIBUTES } from './messages.js';

/* Typed keys for the names in messages.ts; clients and workflows attach the same ones. */

const bridge = defineSearchAttributeKey(SEARCH_ATTRIBUTES.bridge, 'KEYWORD');
const ticket = defineSearchAttributeKey(SEARCH_ATTRIBUTES.ticket, 'KEYWORD');
const kind = defineSearchAttributeKey(SEARCH_ATTRIBUTES.kind, 'KEYWORD');
const trigger = defineSearchAttributeKey(SEARCH_ATTRIBUTES.trigger, 'KEYWORD');

export const runAttributes = (bridgeId: string, by: RunTrigger): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: bridge, value: bridgeId },
    { key: trigger, value: by },
  ]);

export const ticketAttributes = (bridgeId: string, ticketId: string): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: bridge, value: bridgeId },
    { key: ticket, value: ticketId },
  ]);

export const conflictAttributes = (
  bridgeId: string,
  ticketId: string | null,
  conflictKind: string,
): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: bridge, value: bridgeId },
    { key: kind, value: conflictKind },
    ...(ticketId === null ? [] : [{ key: ticket, value: ticketId }]),
  ]);
