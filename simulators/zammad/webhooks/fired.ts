import type { TicketEvent } from '../act.js';
import { compileCondition } from '../selector.js';
import type { TicketRow, TriggerRow, ZammadWorld } from '../world.js';

/** A trigger whose action is a webhook, and the ticket it fired for. */
export type Fired = { readonly trigger: TriggerRow; readonly ticket: TicketRow; readonly event: TicketEvent };

/** The webhook that a trigger's `perform` names, if it names one. */
export function webhookIdOf(trigger: TriggerRow): number | null {
  const action = trigger.perform['notification.webhook'];
  const id: unknown =
    typeof action === 'object' && action !== null ? Reflect.get(action, 'webhook_id') : null;
  return typeof id === 'number' || typeof id === 'string' ? Number(id) : null;
}

/** The active triggers on actions, in the order in which they are evaluated. */
function inNameOrder(world: ZammadWorld): TriggerRow[] {
  return Object.values(world.triggers)
    .filter((trigger) => trigger.active && trigger.activator === 'action' && webhookIdOf(trigger) !== null)
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function fires(
  at: { readonly world: ZammadWorld; readonly now: string; readonly userId: number },
  { trigger, ticket, event }: Fired,
): boolean {
  const { world, now } = at;
  const article = event.articleId === null ? null : (world.articles[event.articleId] ?? null);
  const happened = {
    article,
    changes: new Set(event.changes.keys()),
    changesRequired: trigger.execution_condition_mode === 'selective',
  };
  const user = world.users[at.userId] ?? null;
  return [event.kind, ...event.also].some((action) => {
    const place = { world, now, user, happened: { ...happened, action } };
    return compileCondition(place, trigger.condition)?.(ticket) === true;
  });
}

/** The triggers that fire for the events of one request; each at most once for a ticket, whatever happened to it. */
export function firedTriggers(
  at: { readonly world: ZammadWorld; readonly now: string; readonly userId: number },
  events: ReadonlyMap<number, TicketEvent>,
): Fired[] {
  const triggers = inNameOrder(at.world);
  return [...events].flatMap(([ticketId, event]) => {
    const ticket = at.world.tickets[ticketId];
    if (!ticket) return [];
    return triggers
      .map((trigger) => ({ trigger, ticket, event }))
      .filter((candidate) => firesSafely(at, candidate));
  });
}

/** A condition that the database refuses is logged, and its trigger does not fire. */
function firesSafely(at: Parameters<typeof fires>[0], candidate: Fired): boolean {
  try {
    return fires(at, candidate);
  } catch {
    return false;
  }
}
