import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';
import { isNotPermitted } from './errors.js';

const { INDEXED_VALUE_TYPE_KEYWORD: KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/**
 * Makes Temporal know our search attributes; repeating it changes nothing. Must be done before a worker polls: a
 * workflow that sets an unknown attribute hangs. Temporal Cloud, and a cluster that keeps this to its operators, has it
 * done by hand (docs/installation.md). @returns whether it could be done from here.
 */
export async function registerSearchAttributes(temporal: Temporal): Promise<boolean> {
  const searchAttributes = Object.fromEntries(
    Object.values(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD]),
  );
  const { connection, options } = temporal.client;
  try {
    await bounded(temporal, CALL_MS, () =>
      connection.operatorService.addSearchAttributes({ namespace: options.namespace, searchAttributes }),
    );
    return true;
  } catch (error) {
    if (isNotPermitted(error)) return false;
    throw error;
  }
}
