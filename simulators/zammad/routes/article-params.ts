import { isRecord } from '../../kit/index.js';
import { agentMay, can } from '../caller.js';
import { forbidden, invalid, unprocessable } from '../errors.js';
import { flag, integer, sent, text, type Params } from '../params.js';
import { createEntry } from '../rules/entries.js';
import { createArticle } from '../rules/tickets.js';
import type { ArticleRow, TicketRow } from '../world.js';
import type { Visit } from './visit.js';

export type ArticleWish = { readonly ticket: TicketRow; readonly params: Params };

const TYPES: Readonly<Record<string, number>> = { email: 1, phone: 5, note: 10, web: 11 };
const SENDERS: Readonly<Record<string, number>> = { Agent: 1, Customer: 2, System: 3 };

/** The `article` of a ticket's body, if there is one. */
export function nestedArticle(params: Params): Params | null {
  return isRecord(params['article']) ? params['article'] : null;
}

function accountedType(visit: Visit, params: Params): number | null {
  const name = text(params, 'accounted_time_type');
  if (name === null) return integer(params['accounted_time_type_id']);
  const type = Object.values(visit.world.types).find((row) => row.name === name);
  if (!type) throw unprocessable(`No lookup value found for 'accounted_time_type': ${JSON.stringify(name)}`);
  return type.id;
}

/** Refuses an article before anything is stored: in Zammad the whole request would be rolled back. */
export function checkArticle(
  visit: Visit,
  wish: { readonly groupId: number; readonly params: Params },
): void {
  const { world, caller } = visit;
  if ((text(wish.params, 'body') ?? '') === '') throw invalid("Need at least an 'article body' field.");
  if (!sent(wish.params, 'time_unit')) return;
  if (!world.settings.time_accounting) throw forbidden('Not authorized (Time Accounting is not enabled)!');
  const admin = can(world, caller, 'admin.time_accounting');
  if (!admin && !agentMay(world, caller, { group_id: wish.groupId }, ['change', 'create'])) throw forbidden();
  const type = accountedType(visit, wish.params);
  if (type !== null && !world.types[type]) throw unprocessable(`Invalid value for param 'type_id': ${type}`);
}

/** Stores an article and, when the body carries time, its entry. */
export function storeArticle(visit: Visit, { ticket, params }: ArticleWish): ArticleRow {
  const body = text(params, 'body') ?? '';
  const isAgent = can(visit.world, visit.caller, 'ticket.agent');
  const article = createArticle(visit.act, ticket, {
    body,
    subject: text(params, 'subject'),
    content_type: text(params, 'content_type') ?? 'text/plain',
    internal: isAgent && flag(params, 'internal'),
    type_id: integer(params['type_id']) ?? TYPES[text(params, 'type') ?? 'note'] ?? 10,
    sender_id:
      integer(params['sender_id']) ??
      SENDERS[text(params, 'sender') ?? (isAgent ? 'Agent' : 'Customer')] ??
      1,
    to: text(params, 'to'),
  });
  const time = params['time_unit'];
  if (time !== undefined && time !== null && time !== '') {
    createEntry(visit.act, {
      ticket_id: ticket.id,
      ticket_article_id: article.id,
      time_unit: time,
      type_id: accountedType(visit, params),
    });
  }
  return article;
}
