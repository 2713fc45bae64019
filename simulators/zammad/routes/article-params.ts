import { isRecord } from '../../kit/index.js';
import { ARTICLE_SENDERS, ARTICLE_TYPES } from '../base-world.js';
import { agentMay, can, groupAccess, userCan } from '../caller.js';
import { castHundredths } from '../decimal.js';
import { forbidden, unprocessable } from '../errors.js';
import { flag, integer, text, type Params } from '../params.js';
import { createEntry } from '../rules/entries.js';
import { refuseOverflow, sumOfTicket } from '../rules/save-ticket.js';
import { createArticle } from '../rules/tickets.js';
import { versionNumber, type ArticleRow, type TicketRow } from '../world.js';
import type { Visit } from './visit.js';

type ArticleWish = { readonly ticket: TicketRow; readonly params: Params };
/** The ticket as it will be; a new one has no id yet. */
type Target = Pick<TicketRow, 'group_id'> & Partial<Pick<TicketRow, 'id'>>;

/** The `article` of a ticket's body, if there is one. */
export function nestedArticle(params: Params): Params | null {
  return isRecord(params['article']) ? params['article'] : null;
}

/** The time that comes with an article; blank counts as none. */
function accountedTime(params: Params): unknown {
  const time = params['time_unit'];
  return time === undefined || time === null || (typeof time === 'string' && time.trim() === '')
    ? null
    : time;
}

function accountedType(visit: Visit, params: Params): number | null {
  const { types } = visit.world;
  const name = text(params, 'accounted_time_type');
  const id = integer(params['accounted_time_type_id']);
  if (id === null && name === null) return null;
  const type = id === null ? Object.values(types).find((row) => row.name === name) : types[id];
  if (type) return type.id;
  throw unprocessable(
    id === null
      ? `No lookup value found for 'accounted_time_type': ${JSON.stringify(name)}`
      : `Invalid value for param 'type_id': ${id}`,
  );
}

// The policy of the entry, not of the controller: here the feature must be on for admins too.
function checkTime(visit: Visit, target: Target, params: Params): void {
  const { world, caller } = visit;
  const time = accountedTime(params);
  if (time === null) return;
  if (!world.settings.time_accounting) throw forbidden('Not authorized (Time Accounting is not enabled)!');
  if (!agentMay(world, caller, target, ['change', 'create'])) throw forbidden();
  accountedType(visit, params);
  const hundredths = castHundredths(time) ?? 0;
  refuseOverflow(hundredths);
  refuseOverflow(hundredths + (target.id === undefined ? 0 : sumOfTicket({ world }, target.id)));
}

/** Refuses an article before anything is stored: in Zammad the whole request would be rolled back. */
export function checkArticle(visit: Visit, wish: { readonly ticket: Target; readonly params: Params }): void {
  const { params } = wish;
  if (params['body'] === undefined || params['body'] === null)
    throw unprocessable("Need at least an 'article body' field.");
  typeOf(params);
  checkMentions(visit, wish.ticket, params);
  checkTime(visit, wish.ticket, params);
}

/** `Validations::MentionValidator`: links that name a user, in HTML alone; one who is no agent of the ticket refuses it all. */
function checkMentions({ world }: Visit, target: Target, params: Params): void {
  if (text(params, 'content_type') !== 'text/html') return;
  for (const [, id] of (text(params, 'body') ?? '').matchAll(/<a [^>]*data-mention-user-id="(\d+)"/g)) {
    const user = world.users[Number(id)];
    const isAgent = user?.active && userCan(world, user, 'ticket.agent');
    if (!user || !isAgent || !groupAccess(user, target.group_id, ['read']))
      throw unprocessable('A mentioned user has no agent access to this ticket');
  }
}

function named(ids: Readonly<Record<string, number>>, params: Params, key: string): number | null {
  const id = integer(params[`${key}_id`]);
  if (id !== null) {
    if (Object.values(ids).includes(id)) return id;
    throw unprocessable(`Invalid value for param '${key}_id': ${id}`, `${key}_id`);
  }
  const name = text(params, key);
  if (name === null || name === '') return null;
  if (Object.hasOwn(ids, name)) return ids[name] ?? null;
  throw unprocessable(`No lookup value found for '${key}': ${JSON.stringify(name)}`, key);
}

const typeOf = (params: Params): number => named(ARTICLE_TYPES, params, 'type') ?? ARTICLE_TYPES.note;

/** Customers write notes and web articles, never internal ones, and always as the customer. */
function kindOf({ world, caller }: Visit, params: Params) {
  const type = typeOf(params);
  if (can(world, caller, 'ticket.agent')) {
    const sender_id = named(ARTICLE_SENDERS, params, 'sender') ?? ARTICLE_SENDERS.Agent;
    return { type_id: type, sender_id, internal: flag(params, 'internal') };
  }
  const plain = type === ARTICLE_TYPES.web ? type : ARTICLE_TYPES.note;
  return { type_id: plain, sender_id: ARTICLE_SENDERS.Customer, internal: false };
}

/** Stores an article and, when the body carries time, its entry. */
export function storeArticle(visit: Visit, { ticket, params }: ArticleWish): ArticleRow {
  const from = text(params, 'from');
  const origin = can(visit.world, visit.caller, 'ticket.agent') ? integer(params['origin_by_id']) : null;
  const article = createArticle(visit.act, ticket, {
    ...kindOf(visit, params),
    body: text(params, 'body') ?? '',
    subject: text(params, 'subject'),
    content_type: text(params, 'content_type') ?? 'text/plain',
    to: text(params, 'to'),
    cc: text(params, 'cc'),
    origin_by_id: origin,
    ...(from === null ? {} : { from }),
  });
  const time = accountedTime(params);
  if (time !== null) {
    createEntry(visit.act, {
      ticket_id: ticket.id,
      ticket_article_id: article.id,
      time_unit: time,
      // Types came with 6.1.
      type_id: versionNumber(visit.world) >= 601 ? accountedType(visit, params) : null,
    });
  }
  return article;
}
