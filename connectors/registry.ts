import { kimaiDescriptor } from './kimai/descriptor.js';
import { createKimaiTarget } from './kimai/target.js';
import type { ConnectorContext, TimeSource, TimeTarget } from './port.js';
import { zammadDescriptor } from './zammad/descriptor.js';
import { createZammadSource } from './zammad/source.js';

type Made<T> = Readonly<Record<string, (context: ConnectorContext) => T>>;

/** How each kind of connector is made, by its role. */
export type ConnectorKinds = { readonly sources: Made<TimeSource>; readonly targets: Made<TimeTarget> };

/** A new system is one entry here, one in `descriptor.ts`, and a folder that passes the conformance kit. */
export const CONNECTORS: ConnectorKinds = {
  sources: { [zammadDescriptor.kind]: (context) => createZammadSource(context) },
  targets: { [kimaiDescriptor.kind]: (context) => createKimaiTarget(context) },
};

/** Whether time is read from systems of this kind. */
export const isSource = (kind: string, kinds = CONNECTORS): boolean => Object.hasOwn(kinds.sources, kind);

/** The source of a kind (`zammad`). Throws RangeError for a kind that is not a source. */
export const createSource = (kind: string, context: ConnectorContext, kinds = CONNECTORS): TimeSource =>
  create(kinds.sources, kind, 'source', context);

/** The target of a kind (`kimai`). Throws RangeError for a kind that is not a target. */
export const createTarget = (kind: string, context: ConnectorContext, kinds = CONNECTORS): TimeTarget =>
  create(kinds.targets, kind, 'target', context);

function create<T>(made: Made<T>, kind: string, role: string, context: ConnectorContext): T {
  const make = made[kind];
  if (make === undefined) throw new RangeError(`"${kind}" is not a ${role}: ${Object.keys(made).join(', ')}`);
  return make(context);
}
