/** The one list of systems that can be connected, and which way time goes; everything else is checked against it. */
const KINDS = { zammad: 'source', kimai: 'target' } as const;

export type ConnectorKind = keyof typeof KINDS;
export type ConnectorRole = 'source' | 'target';

const isKind = (name: string): name is ConnectorKind => Object.hasOwn(KINDS, name);

export const CONNECTOR_KINDS: readonly ConnectorKind[] = Object.keys(KINDS).filter(isKind);

/** Whether time is read from such a system, or written to it. */
export const roleOf = (kind: ConnectorKind): ConnectorRole => KINDS[kind];
