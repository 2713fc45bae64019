import type { AlertChannelName } from '../../db/stores/alert-messages.js';

/** What goes out: the same for every channel, and for every attempt. */
export type OutgoingAlert = {
  /** Stays the same over attempts, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly kind: string;
  readonly createdAt: Date;
  readonly subject: string;
  readonly text: string;
  readonly url: string;
  /** What the text was made from, for programs. */
  readonly facts: Readonly<Record<string, unknown>>;
};

/** A way to reach people. */
export type AlertChannel = {
  readonly name: AlertChannelName;
  /** @throws AlertRefused when trying again is of no use, any other error when it may be. */
  send(alert: OutgoingAlert): Promise<void>;
};

/** The receiver does not want it: not now, and not later. */
export class AlertRefused extends Error {
  override name = 'AlertRefused';
}

/** How people are told, as the installation is set up. No channel: nobody is told. */
export type Alerting = {
  readonly channels: readonly AlertChannel[];
  readonly language: 'de' | 'en';
  /** Where links lead, without a trailing slash. */
  readonly publicUrl: string;
};
