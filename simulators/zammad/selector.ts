import { isRecord } from '../kit/index.js';
import { cellText } from './cell-text.js';
import { decimalOrNull } from './decimal.js';
import { databaseError, serverError } from './errors.js';
import { plainUser, rawTicket } from './render/records.js';
import { articlesOfTicket, entryOfArticle } from './row-index.js';
import { cellTest, checkedLeaf, InvalidCondition, type Asking, type Leaf } from './selector-operators.js';
import type { ArticleRow, TicketRow, ZammadWorld } from './world.js';

/** What happened to a ticket, for the conditions of triggers. */
export type Happened = {
  /** `create`, `update`, or a kind of update such as `update.merged_into`. */
  readonly action: string;
  readonly article: ArticleRow | null;
  readonly changes: ReadonlySet<string>;
  /** Execution "selective": an update must have changed an attribute that the condition names, or brought an article. */
  readonly changesRequired: boolean;
};
/** A selector is compiled for a search, or for what happened to one ticket. */
export type Place = Asking & { readonly happened?: Happened };
/** One row of the join: a ticket, and one of its articles where the selector names articles. */
type Joined<T> = (ticket: TicketRow, article: ArticleRow | null) => T;
type JoinedTest = Joined<boolean>;
export type Test = (ticket: TicketRow) => boolean;

const TICKET: TicketRow = {
  id: 0,
  group_id: 0,
  priority_id: 0,
  state_id: 0,
  organization_id: null,
  number: '',
  title: '',
  owner_id: 1,
  customer_id: 1,
  note: null,
  article_count: 0,
  time_unit: null,
  close_at: null,
  last_close_at: null,
  pending_time: null,
  created_by_id: 1,
  updated_by_id: 1,
  created_at: '',
  updated_at: '',
};

/** The columns of the tickets table of this installation. */
export function ticketColumns(world: ZammadWorld): ReadonlySet<string> {
  return new Set(Object.keys(rawTicket(world, TICKET)));
}

const unknownColumn = (name: string): Error =>
  databaseError(`PG::UndefinedColumn: ERROR:  column ${name} does not exist`);

/** The columns of the joined tables that a condition may name. */
function columnsOf({ world }: Place, table: string): readonly string[] {
  const stamps = ['created_by_id', 'updated_by_id', 'created_at', 'updated_at'];
  switch (table) {
    case 'customer':
    case 'owner': {
      const [system] = Object.values(world.users);
      return system ? Object.keys(plainUser(system)).filter((column) => !column.endsWith('_ids')) : [];
    }
    case 'organization':
      return ['id', 'name', 'shared', 'domain', 'domain_assignment', 'active', 'vip', 'note', ...stamps];
    case 'ticket_state':
      return ['id', 'name', 'state_type_id', 'active', 'created_at', 'updated_at'];
    case 'article': {
      const texts = ['from', 'to', 'cc', 'subject', 'reply_to', 'message_id', 'content_type', 'body'];
      return ['id', 'ticket_id', 'type_id', 'sender_id', 'internal', 'origin_by_id', ...texts, ...stamps];
    }
    default:
      throw serverError(`invalid selector ${table}`);
  }
}

function joinedRow({ world }: Place, table: string): Joined<object | null | undefined> {
  switch (table) {
    case 'customer':
      return (ticket) => world.users[ticket.customer_id];
    case 'owner':
      return (ticket) => world.users[ticket.owner_id];
    case 'organization':
      return ({ organization_id }) =>
        organization_id === null ? null : world.organizations[organization_id];
    case 'ticket_state':
      return (ticket) => world.ticket_states[ticket.state_id];
    default:
      return (_, article) => article;
  }
}

/** The cell that `table.column` names; a table that is not joined is an exception, an unknown column the database's. */
function cellOf(place: Place, table: string, column: string): Joined<unknown> {
  if (table === 'ticket') {
    if (!ticketColumns(place.world).has(column)) throw unknownColumn(`tickets.${column}`);
    if (column === 'time_unit') return (ticket) => decimalOrNull(ticket.time_unit);
    return (ticket): unknown => Reflect.get(ticket, column) ?? null;
  }
  if (!columnsOf(place, table).includes(column)) throw unknownColumn(`${table}s.${column}`);
  const row = joinedRow(place, table);
  return (ticket, article): unknown => Reflect.get(row(ticket, article) ?? {}, column) ?? null;
}

const TAGLESS = new Set(['contains all not', 'contains one not']);

/** Attributes that are no columns: actions, changes, and what this simulator has none of (tags, mentions). */
function special(place: Place, name: string, leaf: Leaf): boolean | JoinedTest | undefined {
  const { operator } = leaf;
  const { happened } = place;
  if (operator === 'has changed')
    return name === 'article' ? false : (happened?.changes.has(name.replace(/^ticket\./, '')) ?? false);
  if (name === 'ticket.action') return ticketAction(place, leaf);
  if (name === 'article.action') {
    const brought = (happened?.article ?? null) !== null;
    return operator === 'is' ? brought : !brought;
  }
  if (name === 'article.time_accounting') {
    return (_, article) => {
      const booked = article !== null && entryOfArticle(place.world, article.id) !== undefined;
      return happened !== undefined && booked === (operator === 'is set');
    };
  }
  if (name === 'ticket.tags') return TAGLESS.has(cellText(operator));
  if (name === 'ticket.mention_user_ids')
    return (leaf['pre_condition'] === 'not_set') === (operator === 'is');
  return undefined;
}

function ticketAction({ happened }: Place, leaf: Leaf): boolean {
  const wanted = leaf['value'];
  const without = happened?.changesRequired === true && happened.changes.size === 0 && !happened.article;
  if (wanted === 'update' && without) return false;
  const same = happened !== undefined && happened.action === wanted;
  return leaf['operator'] === 'is' ? same : !same;
}

/** True when the article of an event is looked at and the event has none: such a condition never holds. */
const lacksArticle = (place: Place, table: string, name: string): boolean =>
  table === 'article' && name !== 'article.action' && place.happened?.article === null;

function leafTest(place: Place, name: string, value: unknown): JoinedTest {
  const [table = '', column = ''] = name.split('.');
  if (table === '' || column === '') throw serverError(`undefined method for nil (${name})`);
  const leaf = checkedLeaf(value);
  if (lacksArticle(place, table, name)) return () => false;
  const fixed = special(place, name, leaf);
  if (typeof fixed === 'boolean') return () => fixed;
  if (fixed) return fixed;
  const cell = cellOf(place, table, column);
  const test = cellTest(place, leaf, column);
  return (ticket, article) => test(cell(ticket, article));
}

function combine(operator: string, tests: readonly JoinedTest[]): JoinedTest {
  const [only] = tests;
  if (only === undefined) return () => true;
  const all: JoinedTest = (ticket, article) => tests.every((test) => test(ticket, article));
  switch (operator) {
    case 'AND':
      return tests.length === 1 ? only : all;
    case 'OR':
      return (ticket, article) => tests.some((test) => test(ticket, article));
    case 'NOT':
      return (ticket, article) => !all(ticket, article);
    default:
      throw databaseError('PG::SyntaxError: ERROR:  syntax error at or near the operator');
  }
}

/** A flat hash is ANDed, or a tree of `operator` and `conditions` (5.4+). */
function compileBlock(place: Place, block: Readonly<Record<string, unknown>>): JoinedTest {
  const { conditions } = block;
  if (!Array.isArray(conditions)) {
    const leaves = Object.entries(block).map(([name, leaf]) => leafTest(place, name, leaf));
    return combine('AND', leaves);
  }
  const tests = conditions.map((child: unknown) => {
    if (!isRecord(child)) throw serverError('undefined method key? for the condition');
    if (Array.isArray(child['conditions'])) return compileBlock(place, child);
    if (typeof child['name'] !== 'string' || child['name'] === '')
      throw new InvalidCondition(`No block condition name ${JSON.stringify(child)}`);
    return leafTest(place, child['name'], child);
  });
  return combine(cellText(block['operator']) || 'AND', tests);
}

/** The attribute names that a condition mentions, at whatever depth. */
function mentioned(block: unknown): string[] {
  if (!isRecord(block)) return [];
  if (Array.isArray(block['conditions'])) return block['conditions'].flatMap(mentioned);
  return typeof block['name'] === 'string' ? [block['name']] : Object.keys(block);
}

/** An update that changed nothing the condition names, and brought no article, does not concern a selective trigger. */
const lacksChange = ({ happened }: Place): boolean =>
  happened?.action === 'update' &&
  happened.changesRequired &&
  happened.changes.size === 0 &&
  happened.article === null;

function joinArticles({ world, happened }: Place, joined: JoinedTest): Test {
  if (happened) return (ticket) => joined(ticket, happened.article);
  return (ticket) => articlesOfTicket(world, ticket.id).some((article) => joined(ticket, article));
}

/**
 * Compiles a `condition`. Null: it is incomplete and ignored as a whole, so that a search returns everything and a
 * trigger never fires.
 */
export function compileCondition(place: Place, condition: unknown): Test | null {
  if (!isRecord(condition)) return () => true;
  const names = mentioned(condition);
  const named = new Set(names.map((name) => name.replace(/^ticket\./, '')));
  // Only changes of attributes that the condition names count as changes.
  const happened = place.happened && {
    ...place.happened,
    changes: new Set([...place.happened.changes].filter((change) => named.has(change))),
  };
  const here: Place = happened ? { ...place, happened } : place;
  try {
    const block = compileBlock(here, condition);
    const joined: JoinedTest = lacksChange(here) ? () => false : block;
    const joinsArticles = names.some((name) => name.startsWith('article.') && name !== 'article.action');
    return joinsArticles ? joinArticles(here, joined) : (ticket) => joined(ticket, happened?.article ?? null);
  } catch (cause) {
    if (cause instanceof InvalidCondition) return null;
    throw cause;
  }
}
