import { escapeHtml, html, page, type Reply } from '../kit/index.js';
import { decimalText } from './decimal.js';
import { articlesOfTicket, entriesOfTicket } from './row-index.js';
import type { EntryRow, TicketRow, UserRow, ZammadWorld } from './world.js';

const UNIT_LABELS: Readonly<Record<string, string>> = {
  hour: 'hour(s)',
  quarter: 'quarter-hour(s)',
  minute: 'minute(s)',
};

const name = (user: UserRow | undefined): string =>
  `${user?.firstname ?? '-'} ${user?.lastname ?? ''}`.trim();

function unitLabel(world: ZammadWorld): string {
  const unit = world.settings.time_accounting_unit;
  return unit === 'custom' ? world.settings.time_accounting_unit_custom : (UNIT_LABELS[unit] ?? '');
}

function when(world: ZammadWorld, at: string): string {
  const zone = world.settings.timezone_default;
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  return format.format(new Date(at));
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

function entryRow(world: ZammadWorld, entry: EntryRow): string {
  const type = entry.type_id === null ? '-' : (world.types[entry.type_id]?.name ?? '-');
  const time = `${decimalText(entry.time_unit)} ${unitLabel(world)}`;
  return row([
    String(entry.id),
    when(world, entry.created_at),
    name(world.users[entry.created_by_id]),
    type,
    time,
  ]);
}

function facts(world: ZammadWorld, ticket: TicketRow): string {
  const organization =
    ticket.organization_id === null ? '-' : (world.organizations[ticket.organization_id]?.name ?? '-');
  const lines: readonly (readonly [string, string])[] = [
    ['State', world.ticket_states[ticket.state_id]?.name ?? '-'],
    ['Organization', organization],
    ['Customer', name(world.users[ticket.customer_id])],
    ['Owner', name(world.users[ticket.owner_id])],
    ['Group', world.groups[ticket.group_id]?.name ?? '-'],
    [
      'Accounted time',
      ticket.time_unit === null ? '-' : `${decimalText(ticket.time_unit)} ${unitLabel(world)}`,
    ],
  ];
  return lines
    .map(([label, value]) => `<tr><th>${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
}

function articles(world: ZammadWorld, ticket: TicketRow): string {
  const shown = articlesOfTicket(world, ticket.id).map((article) =>
    row([when(world, article.created_at), name(world.users[article.created_by_id]), article.body]),
  );
  return `<h2>Articles</h2><table>${shown.join('')}</table>`;
}

/** The ticket as a page for people: facts, time entries, articles. */
export function ticketPage(world: ZammadWorld, id: number): Reply {
  const ticket = world.tickets[id];
  if (!ticket) return html(404, page('Ticket not found', '<p>It was deleted, or it never existed.</p>'));
  const entries = entriesOfTicket(world, id).map((entry) => entryRow(world, entry));
  const head = '<tr><th>Entry</th><th>Booked</th><th>Agent</th><th>Activity type</th><th>Accounted</th></tr>';
  const times =
    entries.length > 0
      ? `<table>${head}${entries.join('')}</table>`
      : '<p>No time is accounted on this ticket.</p>';
  const body = `<table>${facts(world, ticket)}</table><h2>Accounted time</h2>${times}${articles(world, ticket)}`;
  return html(200, page(`Ticket#${ticket.number} ${ticket.title}`, body));
}

/** The root page. Zammad's links carry the ticket in the hash, which only the browser sees. */
export function rootPage(world: ZammadWorld): Reply {
  const script = `<script>
const show = () => {
  const ticket = /^#ticket\\/zoom\\/(\\d+)/.exec(location.hash);
  if (ticket) location.replace('/ticket/zoom/' + ticket[1]);
};
addEventListener('hashchange', show);
show();
</script>`;
  const links = '<p>A simulated Zammad. <a href="/play">Play with it</a>, or open a ticket by its link.</p>';
  return html(200, page(world.settings.product_name, links + script));
}
