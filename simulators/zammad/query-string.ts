import { cellText } from './cell-text.js';
import { decimalOrNull } from './decimal.js';
import type { TicketRow, ZammadWorld } from './world.js';

type Matcher = (ticket: TicketRow) => boolean;

const TOKEN = /([a-z_.]+):(\[[^\]]*\]|[<>]=?"[^"]*"|[<>]=?\S+|"[^"]*"|\S+)|"([^"]*)"|(\S+)/gi;

function fieldValue(world: ZammadWorld, ticket: TicketRow, field: string): unknown {
  if (field === 'time_unit') return decimalOrNull(ticket.time_unit);
  if (field === 'state.name') return world.ticket_states[ticket.state_id]?.name;
  if (field === 'group.name') return world.groups[ticket.group_id]?.name;
  if (field === 'organization.name') {
    return ticket.organization_id === null ? null : world.organizations[ticket.organization_id]?.name;
  }
  return Reflect.get(ticket, field);
}

/** Missing parts of a date are rounded up for `>` and `<=`, as Elasticsearch does, and down otherwise. */
function bound(text: string, roundUp: boolean): string {
  const day = /^\d{4}-\d\d-\d\d$/.exec(text);
  if (!day) return text;
  return roundUp ? `${text}T23:59:59.999Z` : `${text}T00:00:00.000Z`;
}

function compare(a: unknown, b: string): number | null {
  if (a === null || a === undefined) return null;
  const shown = cellText(a);
  const [x, y] = [Number(shown), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  const [left, right] = [Date.parse(shown), Date.parse(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return shown < b ? -1 : shown > b ? 1 : 0;
}

function within(value: unknown, operator: string, text: string): boolean {
  const order = compare(value, bound(text, operator === '>' || operator === '<='));
  if (order === null) return false;
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  return operator === '<' ? order < 0 : order <= 0;
}

function fieldMatcher(world: ZammadWorld, field: string, raw: string): Matcher | null {
  const range = /^\[(.+) TO (.+)\]$/.exec(raw);
  if (range) {
    const [, from = '*', to = '*'] = range;
    return (ticket) => {
      const value = fieldValue(world, ticket, field);
      return (from === '*' || within(value, '>=', from)) && (to === '*' || within(value, '<=', to));
    };
  }
  if (raw.startsWith('[')) return null;
  const comparison = /^([<>]=?)"?([^"]+)"?$/.exec(raw);
  if (comparison) {
    const [, operator = '', text = ''] = comparison;
    return (ticket) => within(fieldValue(world, ticket, field), operator, text);
  }
  const wanted = raw.replace(/^"|"$/g, '').toLowerCase();
  return (ticket) => {
    const value = fieldValue(world, ticket, field);
    return wanted === '*' ? value !== null && value !== undefined : cellText(value).toLowerCase() === wanted;
  };
}

function wordMatcher(word: string): Matcher {
  const needle = word.replaceAll('*', '').toLowerCase();
  return (ticket) =>
    ticket.number.startsWith(needle) ||
    ticket.title
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((part) => part.startsWith(needle)) ||
    ticket.title.toLowerCase().includes(needle);
}

/**
 * Reads a `query_string` with default operator AND: words, "phrases", `field:value`, `field:>x`, `field:[a TO b]`.
 * Null when the syntax is bad: Zammad answers such a search with 200 and no hits.
 */
export function parseQuery(world: ZammadWorld, query: string): Matcher | null {
  const balanced = (query.match(/"/g) ?? []).length % 2 === 0 && /\[/.test(query) === /\]/.test(query);
  if (!balanced) return null;
  const matchers: Matcher[] = [];
  for (const [whole, field, value, phrase, word] of query.matchAll(TOKEN)) {
    if (whole === 'AND') continue;
    const matcher =
      field !== undefined && value !== undefined
        ? fieldMatcher(world, field, value)
        : wordMatcher(phrase ?? word ?? whole);
    if (!matcher) return null;
    matchers.push(matcher);
  }
  return (ticket) => matchers.every((matcher) => matcher(ticket));
}
