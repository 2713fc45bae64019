/** One attempt of a delivery and how it went. `status` is 0 when no answer came. */
export type Attempt = { readonly at: string; readonly status: number; readonly error?: string };

/** One webhook job: its id stays over all attempts, its body is rendered anew for each. */
export type Delivery = {
  readonly id: string;
  readonly webhook_id: number;
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
