import { cellText } from './cell-text.js';
import { decimalOrNull } from './decimal.js';
import { dateSpan, type Span } from './es-dates.js';
import { articlesOfTicket } from './row-index.js';
import type { TicketRow, ZammadWorld } from './world.js';

export type Place = { readonly world: ZammadWorld; readonly nowMs: number };
export type Matcher = (ticket: TicketRow) => boolean;

const ARTICLE_FIELDS = ['from', 'to', 'subject', 'body'] as const;

function related(world: ZammadWorld, ticket: TicketRow, name: string): object | null | undefined {
  switch (name) {
    case 'state':
      return world.ticket_states[ticket.state_id];
    case 'priority':
      return world.ticket_priorities[ticket.priority_id];
    case 'group':
      return world.groups[ticket.group_id];
    case 'organization':
      return ticket.organization_id === null ? null : world.organizations[ticket.organization_id];
    case 'customer':
      return world.users[ticket.customer_id];
    case 'owner':
      return world.users[ticket.owner_id];
    case 'created_by':
      return world.users[ticket.created_by_id];
    default:
      return null;
  }
}

/** The values of a field of a ticket's document; several for articles, none when there is no such field. */
function valuesOf(world: ZammadWorld, ticket: TicketRow, field: string): readonly unknown[] {
  const [name = '', column] = field.replace(/\.keyword$/, '').split('.');
  if (column !== undefined && name === 'article')
    return articlesOfTicket(world, ticket.id).map((article): unknown => Reflect.get(article, column));
  if (column !== undefined) return [Reflect.get(related(world, ticket, name) ?? {}, column)];
  if (name === 'time_unit') return [decimalOrNull(ticket.time_unit)];
  return [Reflect.get(ticket, name)];
}

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

function wildcard(pattern: string): RegExp {
  const escaped = pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
}

/** Whether an analysed text holds a word with wildcards, or the words of a phrase one after the other. */
function textTest(wanted: string): (text: string) => boolean {
  if (/[*?]/.test(wanted)) {
    const pattern = wildcard(wanted);
    return (text) => words(text).some((word) => pattern.test(word)) || pattern.test(text.toLowerCase());
  }
  const phrase = words(wanted);
  if (phrase.length === 0) return () => false;
  return (text) => {
    const all = words(text);
    return all.some((_, at) => phrase.every((word, index) => all[at + index] === word));
  };
}

const ISO = /^\d{4}-\d\d-\d\dT/;

function valueTest(wanted: string, span: Span | null): (value: unknown) => boolean {
  const asText = textTest(wanted);
  return (value) => {
    if (value === null || value === undefined) return false;
    if (typeof value === 'string' && ISO.test(value) && span) {
      const at = Date.parse(value);
      return at >= span.fromMs && at <= span.toMs;
    }
    const shown = cellText(value);
    if (typeof value === 'string' && Number.isNaN(Number(shown))) return asText(shown);
    return Number(shown) === Number(wanted) || asText(shown);
  };
}

/** `field:value`, with wildcards; `field:*` asks for any value. */
export function fieldEquals({ world, nowMs }: Place, field: string, wanted: string): Matcher {
  if (wanted === '*')
    return (ticket) => valuesOf(world, ticket, field).some((value) => (value ?? null) !== null);
  if (field === '_exists_') return fieldEquals({ world, nowMs }, wanted, '*');
  const test = valueTest(wanted, dateSpan(wanted, world.settings.timezone_default, nowMs));
  return (ticket) => valuesOf(world, ticket, field).some(test);
}

export type Comparison = '>' | '>=' | '<' | '<=';

/** `field:>value`. Missing parts of a date are rounded up for `>` and `<=`, and down otherwise. */
export function fieldCompares(
  { world, nowMs }: Place,
  field: string,
  comparison: Comparison,
  bound: string,
): Matcher | null {
  const span = dateSpan(bound, world.settings.timezone_default, nowMs);
  const number = Number(bound);
  if (!span && Number.isNaN(number)) return null;
  const edge = comparison === '>' || comparison === '<=' ? span?.toMs : span?.fromMs;
  const compare = (value: number, to: number): boolean => {
    if (comparison === '>') return value > to;
    if (comparison === '>=') return value >= to;
    return comparison === '<' ? value < to : value <= to;
  };
  return (ticket) =>
    valuesOf(world, ticket, field).some((value) => {
      if (typeof value === 'string' && ISO.test(value))
        return edge !== undefined && compare(Date.parse(value), edge);
      const shown = cellText(value);
      return (
        shown !== '' &&
        !Number.isNaN(Number(shown)) &&
        !Number.isNaN(number) &&
        compare(Number(shown), number)
      );
    });
}

/** A word or phrase anywhere in the document: title, number, articles, and the names of people and groups. */
export function anywhere({ world }: Place, wanted: string): Matcher {
  if (wanted === '*') return () => true;
  const test = textTest(wanted);
  const holds = (value: unknown): boolean => typeof value === 'string' && test(value);
  return (ticket) => {
    const customer = world.users[ticket.customer_id];
    const names = ['organization', 'group', 'state', 'priority'].map((name): unknown =>
      Reflect.get(related(world, ticket, name) ?? {}, 'name'),
    );
    const own = [ticket.title, ticket.number, customer?.firstname, customer?.lastname, customer?.email];
    return (
      [...own, ...names].some(holds) ||
      articlesOfTicket(world, ticket.id).some((article) =>
        ARTICLE_FIELDS.some((column) => holds(article[column])),
      )
    );
  };
}
