import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { Act } from '../act.js';
import { versionNumber, type JobRow, type WebhookRow, type ZammadWorld } from '../world.js';
import { customPayload, filledEndpoint, type Subject } from './custom-payload.js';
import { NO_FAULTS, STANDARD_WORKER, type Attempt, type Delivery, type WebhookFaults } from './delivery.js';
import { firedTriggers, webhookIdOf, type Fired } from './fired.js';
import { sendWebhook } from './http.js';
import { webhookPayload } from './payload.js';
import { railsJson } from '../rails-json.js';

/** Waits between the five attempts, in milliseconds; after the last one the delivery is gone for good. */
const RETRY_WAITS_MS = [10_000, 20_000, 30_000, 40_000] as const;
/** So many deliveries are remembered for `GET /__control/webhook-deliveries`. */
const KEPT = 2_000;

type Installed = {
  readonly world: () => ZammadWorld;
  readonly now: () => string;
  /** Called when the queue, which is part of the world, has changed. */
  readonly saved: () => void;
};
type Queued = { readonly job: JobRow; readonly delivery: Delivery };

/** Sends webhooks the way Zammad's background jobs do: a queue, late rendering, retries, no dead letters. */
export class WebhookSender {
  readonly #installed: Installed;
  readonly #deliveries: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();
  #queue: Queued[] = [];
  #busy = 0;
  #stop = new AbortController();
  #held: Queued | null = null;
  faults: WebhookFaults = { ...NO_FAULTS };
  worker = STANDARD_WORKER;

  constructor(installed: Installed) {
    this.#installed = installed;
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Goes on with the jobs that a stopped simulator left in the queue. */
  resume(): void {
    for (const job of this.#installed.world().jobs) this.#add(job, 0);
  }

  /** Queues one job for each trigger that fires for what a request did. */
  enqueue(act: Act): void {
    const { world, now } = this.#installed;
    for (const fired of firedTriggers({ world: world(), now: now(), userId: act.userId }, act.events)) {
      const job = this.#jobOf(act, fired);
      world().jobs = [...world().jobs, job];
      this.#installed.saved();
      this.#add(job, this.worker.delayMs);
    }
  }

  /** Resolves when nothing is being sent or waited for. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running]);
  }

  /** Gives up what is under way and forgets all deliveries; the jobs stay in the world. */
  async reset(): Promise<void> {
    const stop = this.#stop;
    this.#stop = new AbortController();
    this.#deliveries.length = 0;
    this.#queue = [];
    this.#held = null;
    this.faults = { ...NO_FAULTS };
    stop.abort();
    await this.settled();
  }

  #jobOf(act: Act, { trigger, ticket, event }: Fired): JobRow {
    return {
      id: randomUUID(),
      trigger_id: trigger.id,
      ticket_id: ticket.id,
      article_id: event.articleId,
      action: event.kind,
      changes: Object.fromEntries(event.changes),
      user_id: act.userId,
      created_at: this.#installed.now(),
      attempts: 0,
    };
  }

  #add(job: JobRow, delayMs: number): void {
    const { id, trigger_id, ticket_id, article_id, created_at } = job;
    const url = this.#webhookOf(job)?.endpoint ?? '';
    const known = { id, trigger_id, url, ticket_id, article_id, created_at };
    const delivery: Delivery = { ...known, state: 'waiting', attempts: [] };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > KEPT) this.#deliveries.splice(0, this.#deliveries.length - KEPT);
    if (this.faults.lose > 0) {
      this.faults = { ...this.faults, lose: this.faults.lose - 1 };
      this.#finish(delivery, 'lost');
      return;
    }
    const queued: Queued = { job, delivery };
    if (this.#held === null && this.faults.reorder > 0) {
      this.faults = { ...this.faults, reorder: this.faults.reorder - 1 };
      this.#held = queued;
      return;
    }
    const held = this.#held === null ? [] : [this.#held];
    this.#held = null;
    const twice = this.faults.duplicate > 0;
    if (twice) this.faults = { ...this.faults, duplicate: this.faults.duplicate - 1 };
    const batch = [queued, ...(twice ? [queued] : []), ...held];
    if (delayMs > 0) return this.#track(this.#later(batch, delayMs, this.#stop.signal));
    this.#queue.push(...batch);
    this.#work();
  }

  /** Lets the workers take what waits, the oldest first. */
  #work(): void {
    while (this.#busy < this.worker.workers) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#busy += 1;
      this.#track(this.#run(next, this.#stop.signal).finally(() => void (this.#busy -= 1)));
    }
  }

  #track(work: Promise<unknown>): void {
    const done = work.then(() => {
      this.#running.delete(done);
      this.#work();
    });
    this.#running.add(done);
  }

  async #run({ job, delivery }: Queued, stop: AbortSignal): Promise<void> {
    const delivered = await this.#attempt(job, delivery, stop);
    if (stop.aborted) return;
    if (delivered !== null) return this.#finish(delivery, delivered);
    // Sent twice by script, and delivered by the other attempt meanwhile.
    if (delivery.state !== 'waiting') return;
    const waitMs = RETRY_WAITS_MS[job.attempts];
    if (waitMs === undefined) return this.#finish(delivery, 'dropped');
    const again = { ...job, attempts: job.attempts + 1 };
    this.#replaceJob(again);
    this.#track(this.#later([{ job: again, delivery }], waitMs * this.worker.scale, stop));
  }

  /** Puts jobs into the queue once their wait is over. */
  async #later(batch: readonly Queued[], waitMs: number, stop: AbortSignal): Promise<void> {
    if (await pause(waitMs, stop)) this.#queue.push(...batch);
  }

  /** One attempt: how the delivery ended, or null when it is to be tried again. */
  async #attempt(job: JobRow, delivery: Delivery, stop: AbortSignal): Promise<Delivery['state'] | null> {
    const world = this.#installed.world();
    const webhook = this.#webhookOf(job);
    const ticket = world.tickets[job.ticket_id];
    const gone = job.article_id !== null && !world.articles[job.article_id];
    const trigger = world.triggers[job.trigger_id];
    if (!trigger || !webhook || !ticket || gone) return 'discarded';
    const subject: Subject = { world, ticket, job };
    const url = versionNumber(world) >= 700 ? filledEndpoint(subject, webhook.endpoint) : webhook.endpoint;
    const outgoing = { webhook, url, triggerName: trigger.name, deliveryId: job.id };
    const body = railsJson(payloadOf(subject, webhook));
    const at = this.#installed.now();
    const answered: Attempt = await sendWebhook(world, { ...outgoing, body }, stop).then(
      (status) => ({ at, status }),
      (cause: unknown) => ({ at, status: 0, error: cause instanceof Error ? cause.message : String(cause) }),
    );
    delivery.attempts = [...delivery.attempts, answered];
    return answered.status >= 200 && answered.status < 300 ? 'delivered' : null;
  }

  /** The active webhook that a job's trigger names now. */
  #webhookOf(job: JobRow): WebhookRow | undefined {
    const world = this.#installed.world();
    const trigger = world.triggers[job.trigger_id];
    const webhook = trigger && world.webhooks[webhookIdOf(trigger) ?? 0];
    return webhook?.active === true ? webhook : undefined;
  }

  #replaceJob(job: JobRow): void {
    const world = this.#installed.world();
    world.jobs = world.jobs.map((other) => (other.id === job.id ? job : other));
    this.#installed.saved();
  }

  #finish(delivery: Delivery, state: Delivery['state']): void {
    const world = this.#installed.world();
    delivery.state = state;
    world.jobs = world.jobs.filter((job) => job.id !== delivery.id);
    this.#installed.saved();
  }
}

function payloadOf(subject: Subject, webhook: WebhookRow): unknown {
  const { world, ticket, job } = subject;
  if (webhook.custom_payload !== null && webhook.custom_payload.trim() !== '')
    return customPayload(subject, webhook.custom_payload);
  return webhookPayload(world, ticket, job.article_id);
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
