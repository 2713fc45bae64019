/** One attempt of a delivery and how it went. `status` is 0 when no answer came. */
export type Attempt = { readonly at: string; readonly status: number; readonly error?: string };

/** One webhook job as the control route shows it: its id stays over all attempts, its body is rendered for each. */
export type Delivery = {
  readonly id: string;
  readonly trigger_id: number;
  readonly url: string;
  readonly ticket_id: number;
  readonly article_id: number | null;
  readonly created_at: string;
  state: 'waiting' | 'delivered' | 'dropped' | 'discarded' | 'lost';
  attempts: Attempt[];
};

/** What a control call may ask the sender to get wrong: how many of the next deliveries. */
export type WebhookFaults = {
  /** Sent twice with the same delivery id, as after a lost answer. */
  duplicate: number;
  /** Held back until the delivery after it has been sent. */
  reorder: number;
  /** Never sent. */
  lose: number;
};

export const NO_FAULTS: WebhookFaults = { duplicate: 0, reorder: 0, lose: 0 };

/** How the background jobs run. */
export type WorkerSettings = {
  /** 1 waits 10, 20, 30, 40 s between attempts, as Zammad does; 0 retries at once, for tests. */
  readonly scale: number;
  /** Milliseconds that a job waits in the queue before its first attempt. */
  readonly delayMs: number;
  /** Jobs at a time. One, as in a standard installation: first attempts keep their order, a slow receiver blocks. */
  readonly workers: number;
};

export const STANDARD_WORKER: WorkerSettings = { scale: 1, delayMs: 0, workers: 1 };
