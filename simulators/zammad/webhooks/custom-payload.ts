import { cellText } from '../cell-text.js';
import { plainUser, rawTicket } from '../render/records.js';
import type { JobRow, TicketRow, ZammadWorld } from '../world.js';

/** What the placeholders of a custom payload, or of an endpoint (7.0+), may refer to. */
export type Subject = { readonly world: ZammadWorld; readonly ticket: TicketRow; readonly job: JobRow };

type Kind = 'ticket' | 'article' | 'user' | 'plain';
type Reference = { readonly kind: Kind; readonly record: Record<string, unknown> };

const PEOPLE = ['customer', 'owner', 'created_by', 'updated_by', 'origin_by'];
const HIDDEN = ['password', 'preferences', 'last_login', 'login_failed', 'group_ids', 'authorization_ids'];
const TIMES = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const plain = (record: object | undefined): Reference | null =>
  record ? { kind: 'plain', record: { ...record } } : null;

function user(world: ZammadWorld, id: unknown): Reference | null {
  const row = world.users[Number(id)];
  if (!row) return null;
  const fullname = `${row.firstname} ${row.lastname}`.trim();
  return { kind: 'user', record: { ...plainUser(row), fullname } };
}

/** The record behind an association; undefined: there is no such association. */
function association(world: ZammadWorld, from: Reference, name: string): Reference | null | undefined {
  const { kind, record } = from;
  const id = Number(record[`${name}_id`]);
  if (kind === 'plain') return undefined;
  if (PEOPLE.includes(name) && Object.hasOwn(record, `${name}_id`)) return user(world, id);
  if (name === 'organization' && kind !== 'article') return plain(world.organizations[id]);
  if (kind !== 'ticket') return undefined;
  if (name === 'group') return plain(world.groups[id]);
  if (name === 'state') return plain(world.ticket_states[id]);
  return name === 'priority' ? plain(world.ticket_priorities[id]) : undefined;
}

/** A value as Ruby's `to_s` shows it: times have neither a `T` nor milliseconds. */
function rubyValue(value: unknown): unknown {
  if (typeof value === 'string' && TIMES.test(value)) return `${value.slice(0, 19).replace('T', ' ')} UTC`;
  return value;
}

const NO_SUCH = 'no such method';

function follow(world: ZammadWorld, root: string, start: Reference, methods: readonly string[]): unknown {
  let display = root;
  let at = start;
  for (const [index, method] of methods.entries()) {
    display = `${display}.${method}`;
    const next = association(world, at, method);
    if (next === null) return '';
    const isLast = index === methods.length - 1;
    if (next !== undefined) {
      if (isLast) return `#{${display} / ${NO_SUCH}}`;
      at = next;
      continue;
    }
    const value = at.record[method];
    const allowed = Object.hasOwn(at.record, method) && !HIDDEN.includes(method);
    // A decimal is none of the classes that may be shown.
    if (!allowed || (at.kind === 'ticket' && method === 'time_unit')) return `#{${display} / ${NO_SUCH}}`;
    if (value === null || value === undefined) return '';
    return isLast ? rubyValue(value) : `#{${display} / ${NO_SUCH}}`;
  }
  return `#{${root} / missing method}`;
}

/** The texts about the event; Zammad takes them from its chat templates. */
function notification({ world, ticket, job }: Subject): Record<string, unknown> {
  const { http_type, fqdn } = world.settings;
  const author = world.users[job.user_id];
  const name = author ? `${author.firstname} ${author.lastname}`.trim() : '-';
  const article = job.article_id === null ? undefined : world.articles[job.article_id];
  const did = job.action === 'create' ? 'Created' : 'Updated';
  return {
    subject: ticket.title,
    link: `${http_type}://${fqdn}/#ticket/zoom/${ticket.id}`,
    message: `${did} by ${name} at ${cellText(rubyValue(ticket.updated_at))}`,
    body: (article?.body ?? '').replace(/<[^>]*>/g, '').trim(),
    changes: Object.entries(job.changes)
      .map(([attribute, [from, to]]) => `* ${attribute}: ${from} -> ${to}`)
      .join('\n'),
  };
}

function track(subject: Subject, object: string): Reference | null {
  const { world, ticket, job } = subject;
  if (object === 'ticket') return { kind: 'ticket', record: rawTicket(world, ticket) };
  if (object === 'article') {
    const article = job.article_id === null ? undefined : world.articles[job.article_id];
    return { kind: 'article', record: { ...article } };
  }
  if (object === 'notification') return { kind: 'plain', record: notification(subject) };
  if (object !== 'config') return null;
  const { fqdn, http_type, ticket_hook } = world.settings;
  return { kind: 'plain', record: { fqdn, http_type, ticket_hook } };
}

/** The value of `object.method…`; what cannot be followed becomes a text that says so. */
function valueOf(subject: Subject, variable: string): unknown {
  const [object = '', ...methods] = variable.split('.');
  if (object === '') return '#{no object provided}';
  const start = track(subject, object);
  if (!start) return `#{${object} / no such object}`;
  return follow(subject.world, object, start, methods);
}

const PLACEHOLDER = /"#\{([a-z_.?!]+)\}"|#\{([a-z_.?!]+)\}/g;

// Backslashes are not escaped: a text that holds one makes the payload invalid, as in Zammad.
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\v': '\\v',
};
const escaped = (value: unknown): string =>
  cellText(value).replace(/["\n\r\t\f\v]/g, (character) => ESCAPES[character] ?? '');

/** A custom payload with its placeholders filled in; one that is no JSON then is sent as `{"error": …}`. */
export function customPayload(subject: Subject, template: string): unknown {
  const filled = template.replace(PLACEHOLDER, (_, quoted: string | undefined, bare: string | undefined) => {
    const value = valueOf(subject, quoted ?? bare ?? '');
    if (quoted === undefined) return escaped(value);
    return typeof value === 'string' ? `"${escaped(value)}"` : JSON.stringify(value);
  });
  try {
    const payload: unknown = JSON.parse(filled);
    return payload;
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : 'unexpected token' };
  }
}

/** The endpoint with its placeholders filled in, URL-encoded (7.0+). */
export function filledEndpoint(subject: Subject, endpoint: string): string {
  return endpoint.replace(PLACEHOLDER, (whole, _: string | undefined, bare: string | undefined) =>
    bare === undefined ? whole : encodeURIComponent(cellText(valueOf(subject, bare))),
  );
}
