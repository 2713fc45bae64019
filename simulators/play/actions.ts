import { BadControl, isRecord } from '../kit/index.js';
import { HandsFailed, type KimaiHands, type ZammadHands } from '../worlds/demo/hands.js';
import { findTicket } from './reading.js';
import { fill, hours, type Texts } from './texts.js';

/** What an action did, in the reader's language, and the ticket to look up in Timebridge. */
export type Said = { readonly text: string; readonly good: boolean; readonly ticketNumber: string | null };
export type Players = { readonly zammad: ZammadHands; readonly kimai: KimaiHands; readonly texts: Texts };
type Action = (players: Players, form: URLSearchParams) => Promise<Said>;

const good = (text: string, ticketNumber: string | null = null): Said => ({ text, good: true, ticketNumber });
const bad = (text: string): Said => ({ text, good: false, ticketNumber: null });

const number = (form: URLSearchParams, name: string): number => Number(form.get(name) ?? Number.NaN);
const id = (form: URLSearchParams): number => {
  const value = number(form, 'id');
  if (!Number.isInteger(value) || value < 1) throw new BadControl('id must be the number of a row.');
  return value;
};

/** Minutes as people type them: a comma, or a real minus sign, is fine. */
function minutesOf(form: URLSearchParams): number | null {
  const typed = (form.get('minutes') ?? '').trim().replace('−', '-').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : null;
}

const ticketOfForm = (form: URLSearchParams): string | null => form.get('number') || null;

const book: Action = async ({ zammad, texts }, form) => {
  const minutes = minutesOf(form);
  if (minutes === null) return bad(texts.saidBadMinutes);
  const meant = form.get('ticket') ?? '';
  const ticket = await findTicket(zammad, meant);
  if (!ticket) return bad(fill(texts.saidUnknownTicket, { ticket: meant }));
  const typeId = form.get('type') === '' ? null : number(form, 'type');
  await zammad.book({ ticketId: ticket.id, minutes, typeId, userId: number(form, 'person') });
  return good(fill(texts.saidBooked, { minutes, ticket: ticket.number }), ticket.number);
};

const correct: Action = async ({ zammad, texts }, form) => {
  const minutes = minutesOf(form);
  if (minutes === null) return bad(texts.saidBadMinutes);
  await zammad.correct({ id: id(form) }, minutes);
  return good(fill(texts.saidCorrected, { id: id(form), minutes }), ticketOfForm(form));
};

const remove: Action = async ({ zammad, texts }, form) => {
  await zammad.remove({ id: id(form) });
  return good(fill(texts.saidRemoved, { id: id(form) }), ticketOfForm(form));
};

const merge: Action = async ({ zammad, texts }, form) => {
  const [source, target] = await Promise.all(
    ['source', 'target'].map((name) => findTicket(zammad, form.get(name) ?? '')),
  );
  if (!source) return bad(fill(texts.saidUnknownTicket, { ticket: form.get('source') ?? '' }));
  const number = target?.number ?? form.get('target') ?? '';
  if (!target || !(await zammad.merge(source.id, number)))
    return bad(fill(texts.saidNotMerged, { target: number }));
  return good(fill(texts.saidMerged, { ticket: source.number, target: number }), source.number);
};

const change: Action = async ({ kimai, texts }, form) => {
  const minutes = minutesOf(form);
  if (minutes === null || minutes < 0) return bad(texts.saidBadMinutes);
  await kimai.setDuration({ id: id(form), begin: form.get('begin') ?? '' }, minutes);
  return good(fill(texts.saidChanged, { id: id(form), duration: hours(minutes) }), ticketOfForm(form));
};

const exportRow: Action = async ({ kimai, texts }, form) => {
  await kimai.exportInBulk([id(form)]);
  return good(fill(texts.saidExported, { id: id(form) }), ticketOfForm(form));
};

const removeSheet: Action = async ({ kimai, texts }, form) => {
  await kimai.remove(id(form));
  return good(fill(texts.saidSheetRemoved, { id: id(form) }), ticketOfForm(form));
};

const setDown: Action = async ({ zammad, kimai, texts }, form) => {
  const system = form.get('system') === 'zammad' ? 'Zammad' : 'Kimai';
  const down = form.get('down') === 'true';
  await (system === 'Zammad' ? zammad : kimai).control('POST', '/down', { down });
  return good(fill(down ? texts.saidDown : texts.saidUp, { system }));
};

const loseAnswer: Action = async ({ kimai, texts }) => {
  const match = { method: 'POST', path: '^/api/timesheets(\\?|$)' };
  await kimai.control('POST', '/faults', { match, times: 1, then: { kind: 'drop_after_write' } });
  return good(texts.saidLose);
};

const loseWebhook: Action = async ({ zammad, texts }) => {
  await zammad.control('POST', '/webhook-faults', { lose: 1 });
  return good(texts.saidLoseWebhook);
};

const chapter: Action = async ({ zammad, texts }) => {
  const report = await zammad.control('POST', '/chapter', { chapter: 2 });
  if (!isRecord(report) || report['played'] !== true) return bad(texts.saidNoChapter);
  const told = Array.isArray(report['told']) ? report['told'].length : 0;
  return good(fill(texts.saidChapter, { count: told }));
};

const ACTIONS: Readonly<Record<string, Action>> = {
  book,
  correct,
  remove,
  merge,
  change,
  export: exportRow,
  'remove-sheet': removeSheet,
  down: setDown,
  'lose-answer': loseAnswer,
  'lose-webhook': loseWebhook,
  chapter,
};

/** Does what a form of the page asks for; a refusal of the systems is told, not thrown. */
export async function act(players: Players, name: string, form: URLSearchParams): Promise<Said | null> {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) return null;
  try {
    return await action(players, form);
  } catch (cause) {
    if (cause instanceof HandsFailed || cause instanceof BadControl) {
      return bad(fill(players.texts.saidFailed, { said: cause.message }));
    }
    throw cause;
  }
}
