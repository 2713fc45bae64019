import type { ConnectorKind } from '../domain/connector-kinds.js';
import type { ConnectorDescriptor } from './fields.js';
import { kimaiDescriptor, kimaiSettings } from './kimai/descriptor.js';
import { zammadDescriptor, zammadSettings } from './zammad/descriptor.js';

export type { ConnectorDescriptor } from './fields.js';

/** Every kind there is, with the check of its fields. Runs in the browser: nothing here can call a system. */
export const DESCRIBED = {
  zammad: { descriptor: zammadDescriptor, settings: zammadSettings },
  kimai: { descriptor: kimaiDescriptor, settings: kimaiSettings },
} as const satisfies Readonly<Record<ConnectorKind, object>>;

export const CONNECTOR_DESCRIPTORS: readonly ConnectorDescriptor[] = Object.values(DESCRIBED).map(
  ({ descriptor }) => descriptor,
);
