import { number, object, string, type InferType } from 'yup';
import { SyncError } from '../../domain/errors.js';
import { parseList, parseReply } from '../parse.js';
import type { NoteWanted, NoteWriter, NoteWritten } from '../port.js';
import type { ZammadClient } from './client.js';

const articleSchema = object({
  id: number().integer().positive().required(),
  body: string().nullable(),
}).required();
type Article = InferType<typeof articleSchema>;

const countSchema = object({ article_count: number().integer().min(0).nullable() }).required();

/** What a 403 means is missing: reading a ticket is not enough to write in it. */
const PERMISSION = 'ticket.agent, group: change';

/**
 * Internal articles of type `note` (`POST /ticket_articles`). Zammad has no key by which it knows a repeated request, so the
 * ticket's articles are searched for the mark first; the person is mentioned, which is how Zammad tells an agent.
 */
export function createNoteWriter(client: ZammadClient, baseUrl: string): NoteWriter {
  return {
    write: async (wanted) => {
      const { ticketId } = wanted;
      const articles = await readArticles(client, ticketId);
      const at = articles.findIndex(({ body }) => body?.includes(wanted.mark));
      const count = await countArticles(client, ticketId);
      const known = articles[at];
      if (known !== undefined)
        return { noteId: String(known.id), articleCount: count - (articles.length - 1 - at) };
      return { noteId: await post(client, wanted, baseUrl), articleCount: count + 1 };
    },
  };
}

/** In the order in which they were written; those that the token may not see are left out. */
async function readArticles(client: ZammadClient, ticketId: string): Promise<readonly Article[]> {
  const path = `/ticket_articles/by_ticket/${ticketId}`;
  const { body } = await client.read(path, {}, PERMISSION);
  return parseList(body, `GET ${path}`).map((row) => parseReply(articleSchema, row, `an article of ${path}`));
}

async function countArticles(client: ZammadClient, ticketId: string): Promise<number> {
  const path = `/tickets/${ticketId}`;
  const { body } = await client.read(path, {}, PERMISSION);
  return parseReply(countSchema, body, `GET ${path}`).article_count ?? 0;
}

/**
 * Somebody without access to the ticket cannot be mentioned: Zammad refuses the whole article then (422), and texts tell
 * versions apart, not reasons. So what is refused is tried once more without the mention.
 */
async function post(
  client: ZammadClient,
  wanted: NoteWanted,
  baseUrl: string,
): Promise<NoteWritten['noteId']> {
  try {
    return await create(client, wanted, mentionOf(wanted, baseUrl));
  } catch (error) {
    const refused = error instanceof SyncError && error.code === 'record_refused';
    if (!refused || wanted.personId === null) throw error;
    return create(client, wanted, escapeHtml(wanted.personName ?? ''));
  }
}

async function create(client: ZammadClient, wanted: NoteWanted, to: string): Promise<string> {
  const path = '/ticket_articles';
  const body = {
    ticket_id: Number(wanted.ticketId),
    ...{ type: 'note', sender: 'Agent', internal: true, content_type: 'text/html' },
    body: htmlOf(wanted, to),
  };
  const reply = await client.write({ method: 'POST', path, body }, PERMISSION);
  return String(parseReply(articleSchema, reply.body, `POST ${path}`).id);
}

/** A link of this shape is what Zammad's editor makes of `@@name`, and what it tells the person by. */
function mentionOf({ personId, personName }: NoteWanted, baseUrl: string): string {
  if (personId === null) return '';
  const href = `${baseUrl}/#user/profile/${personId}`;
  return `<a href="${escapeHtml(href)}" data-mention-user-id="${personId}">${escapeHtml(personName ?? personId)}</a>`;
}

function htmlOf({ text, signature, mark }: NoteWanted, to: string): string {
  const lines = text.trim().split('\n').map(escapeHtml).join('<br>');
  return `${to === '' ? '' : `<p>${to}</p>`}<p>${lines}</p><p>${escapeHtml(`${signature} ${mark}`)}</p>`;
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  ...{ '"': '&quot;', "'": '&#39;' },
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
