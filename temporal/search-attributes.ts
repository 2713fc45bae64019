import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';
import { bounded, CALL_MS } from './bounded.js';
import type { Temporal } from './connect.js';

const { INDEXED_VALUE_TYPE_KEYWORD: KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/**
 * Makes Temporal know our search attributes; repeating it changes nothing. Must be done before a worker polls: a
 * workflow that sets an unknown attribute hangs. Temporal Cloud has no such call: there they are set up by hand.
 */
export async function registerSearchAttributes(temporal: Temporal): Promise<void> {
  const searchAttributes = Object.fromEntries(
    Object.values(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD]),
  );
  const { connection, options } = temporal.client;
  await bounded(temporal, CALL_MS, () =>
    connection.operatorService.addSearchAttributes({ namespace: options.namespace, searchAttributes }),
  );
}
