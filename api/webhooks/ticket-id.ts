import { Problem } from '../http/problem.js';

/** The ticket that a payload is about: Zammad's own (`ticket.id`) or a custom one (`ticket_id`). @throws Problem 400 */
export function ticketIdOf(payload: unknown): string {
  const id = member(member(payload, 'ticket'), 'id') ?? member(payload, 'ticket_id');
  const text = typeof id === 'number' || typeof id === 'string' ? String(id) : '';
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new Problem(
    400,
    'ticket-missing',
    'The payload must name the ticket as ticket.id or ticket_id; use the standard payload of the webhook in Zammad',
    { field: 'ticket.id' },
  );
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
