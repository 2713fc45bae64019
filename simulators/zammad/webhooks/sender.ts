import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { TicketEvent } from '../act.js';
import type { WebhookRow, ZammadWorld } from '../world.js';
import { NO_FAULTS, type Attempt, type Delivery, type WebhookFaults } from './delivery.js';
import { webhookPayload } from './payload.js';
import { railsJson } from './rails-json.js';
import { hubSignature } from './signature.js';

/** Waits between the five attempts, in milliseconds; after the last one the delivery is gone for good. */
const RETRY_WAITS_MS = [10_000, 20_000, 30_000, 40_000] as const;
const TIMEOUT_MS = 30_000;
/** So many deliveries are remembered for `GET /__control/webhook-deliveries`. */
const KEPT = 2_000;

type Installed = { readonly world: () => ZammadWorld; readonly now: () => string };

/** Sends webhooks the way Zammad's background jobs do: late rendering, retries, no order, no dead letters. */
export class WebhookSender {
  readonly #installed: Installed;
  readonly #deliveries: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();
  #stop = new AbortController();
  #held: Delivery | null = null;
  faults: WebhookFaults = { ...NO_FAULTS };
  /** 1 waits as Zammad does; 0 retries at once, for tests. */
  retryScale = 1;

  constructor(installed: Installed) {
    this.#installed = installed;
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Queues one delivery per active webhook and ticket event of a request. */
  enqueue(events: ReadonlyMap<number, TicketEvent>): void {
    const { world, now } = this.#installed;
    for (const webhook of world().webhooks.filter((row) => row.enabled)) {
      for (const [ticketId, event] of events) {
        const delivery: Delivery = {
          id: randomUUID(),
          webhook_id: webhook.id,
          url: webhook.url,
          ticket_id: ticketId,
          article_id: event.articleId,
          created_at: now(),
          state: 'waiting',
          attempts: [],
        };
        this.#remember(delivery);
        this.#dispatch(delivery);
      }
    }
  }

  /** Resolves when nothing is being sent or waited for. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running]);
  }

  /** Gives up what is under way and forgets all deliveries. */
  async reset(): Promise<void> {
    const stop = this.#stop;
    this.#stop = new AbortController();
    this.#deliveries.length = 0;
    this.#held = null;
    this.faults = { ...NO_FAULTS };
    stop.abort();
    await this.settled();
  }

  #remember(delivery: Delivery): void {
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > KEPT) this.#deliveries.splice(0, this.#deliveries.length - KEPT);
  }

  #dispatch(delivery: Delivery): void {
    if (this.faults.lose > 0) {
      this.faults = { ...this.faults, lose: this.faults.lose - 1 };
      delivery.state = 'lost';
      return;
    }
    if (this.#held === null && this.faults.reorder > 0) {
      this.faults = { ...this.faults, reorder: this.faults.reorder - 1 };
      this.#held = delivery;
      return;
    }
    const twice = this.faults.duplicate > 0;
    if (twice) this.faults = { ...this.faults, duplicate: this.faults.duplicate - 1 };
    const held = this.#held;
    this.#held = null;
    this.#track(this.#deliverAll({ delivery, twice, held }, this.#stop.signal));
  }

  async #deliverAll(
    { delivery, twice, held }: { delivery: Delivery; twice: boolean; held: Delivery | null },
    stop: AbortSignal,
  ): Promise<void> {
    await this.#deliver(delivery, stop);
    if (twice) await this.#attempt(delivery, stop);
    if (held) await this.#deliver(held, stop);
  }

  #track(job: Promise<void>): void {
    const done = job.finally(() => this.#running.delete(done));
    this.#running.add(done);
  }

  async #deliver(delivery: Delivery, stop: AbortSignal): Promise<void> {
    for (const waitMs of [0, ...RETRY_WAITS_MS]) {
      if (waitMs > 0 && !(await pause(waitMs * this.retryScale, stop))) return;
      if (await this.#attempt(delivery, stop)) return;
    }
    delivery.state = 'dropped';
  }

  /** One attempt; true when there is nothing left to do. */
  async #attempt(delivery: Delivery, stop: AbortSignal): Promise<boolean> {
    const world = this.#installed.world();
    const webhook = world.webhooks.find((row) => row.id === delivery.webhook_id && row.enabled);
    const ticket = world.tickets[delivery.ticket_id];
    const gone = delivery.article_id !== null && !world.articles[delivery.article_id];
    if (!webhook || !ticket || gone) {
      delivery.state = 'discarded';
      return true;
    }
    const body = railsJson(webhookPayload(world, ticket, delivery.article_id));
    const attempt = await this.#post({ webhook, delivery, body }, stop);
    delivery.attempts = [...delivery.attempts, attempt];
    const delivered = attempt.status >= 200 && attempt.status < 300;
    if (delivered) delivery.state = 'delivered';
    return delivered || stop.aborted;
  }

  async #post(
    { webhook, delivery, body }: { webhook: WebhookRow; delivery: Delivery; body: string },
    stop: AbortSignal,
  ): Promise<Attempt> {
    const at = this.#installed.now();
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        // Redirects are not followed: a 3xx is a failure.
        redirect: 'manual',
        signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Zammad User Agent',
          'x-zammad-trigger': webhook.name,
          'x-zammad-delivery': delivery.id,
          ...(webhook.token === null ? {} : { 'x-hub-signature': hubSignature(webhook.token, body) }),
        },
        body,
      });
      await response.body?.cancel();
      return { at, status: response.status };
    } catch (cause) {
      return { at, status: 0, error: cause instanceof Error ? cause.message : String(cause) };
    }
  }
}

/** Waits; false when it was told to stop. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
