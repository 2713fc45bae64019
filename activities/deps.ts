import type { Sequelize } from 'sequelize';
import type { TimeSource, TimeTarget } from '../connectors/port.js';
import type { Alerting } from './alerts/channel.js';
import type { Retention } from '../db/stores/retention.js';
import type { ConflictKind } from '../domain/conflict.js';

/** Opens connectors by their id; one instance for each is kept while its settings stay the same. */
export interface ConnectorPool {
  source(connectorId: string): Promise<TimeSource>;
  target(connectorId: string): Promise<TimeTarget>;
  /** Either, as the registry has its kind. */
  system(connectorId: string): Promise<TimeSource | TimeTarget>;
  /** A source of its own, with a sealed token that is not stored, or the stored one; the caller closes it. */
  sourceAs(connectorId: string, sealedToken: string | null): Promise<TimeSource>;
  /** A text that the API sealed for this connector. */
  openSealed(connectorId: string, sealed: string): Promise<string>;
  /** A stored token sealed with the newest key; only who holds the keys can do that. */
  reseal(
    sealed: string,
    binding: { readonly connectorId: string; readonly baseUrl: string },
  ): Promise<ResealOutcome>;
}

export type ResealOutcome =
  | { readonly kind: 'resealed'; readonly sealed: string; readonly keyId: string }
  | { readonly kind: 'current' }
  /** No key opens it. */
  | { readonly kind: 'failed' };

/** Processes that activities start or wake; the worker gives them a Temporal client. */
export interface Processes {
  startConflict(conflict: {
    readonly conflictId: string;
    readonly bridgeId: string;
    readonly kind: ConflictKind;
    readonly ticketId: string | null;
    readonly ticketNumber: string | null;
    /** Its row is open and not snoozed; `noteStarted` finds those that moved meanwhile. */
    readonly isNew: boolean;
  }): Promise<void>;
  /** A case changed or vanished under its process; one that has none is left alone. */
  signalFactsChanged(conflictId: string): Promise<void>;
}

/** What all activities are made from. Durations are settings: seconds here, short in tests. */
export type ActivityDeps = {
  readonly db: Sequelize;
  readonly connectors: ConnectorPool;
  readonly processes: Processes;
  readonly alerts: Alerting;
  readonly retention: Retention;
  readonly graceMs: number;
  /** How long a write without an answer may still be executed by the target. */
  readonly unknownWaitSeconds: number;
  /** Pause between the two look-ups that follow. */
  readonly lookupPauseSeconds: number;
  readonly now: () => Date;
  /** Liveness to Temporal; also how a cancellation arrives. */
  readonly heartbeat: (details: unknown) => void;
};
