import { createKimaiTarget } from './kimai/target.js';
import type { ConnectorContext, TimeSource, TimeTarget } from './port.js';
import { createZammadSource } from './zammad/source.js';

/** A new system is one entry here, one in `descriptor.ts`, and a folder that passes the conformance kit. */
const SOURCES: Readonly<Record<string, (context: ConnectorContext) => TimeSource>> = {
  zammad: createZammadSource,
};
const TARGETS: Readonly<Record<string, (context: ConnectorContext) => TimeTarget>> = {
  kimai: createKimaiTarget,
};

/** The source of a kind (`zammad`). Throws RangeError for a kind that is not a source. */
export function createSource(kind: string, context: ConnectorContext): TimeSource {
  const create = SOURCES[kind];
  if (create === undefined)
    throw new RangeError(`"${kind}" is not a source: ${Object.keys(SOURCES).join(', ')}`);
  return create(context);
}

/** The target of a kind (`kimai`). Throws RangeError for a kind that is not a target. */
export function createTarget(kind: string, context: ConnectorContext): TimeTarget {
  const create = TARGETS[kind];
  if (create === undefined)
    throw new RangeError(`"${kind}" is not a target: ${Object.keys(TARGETS).join(', ')}`);
  return create(context);
}
