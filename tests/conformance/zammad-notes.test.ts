import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createZammadSource } from '../../connectors/zammad/source.js';
import type { NoteWanted, NoteWritten } from '../../connectors/port.js';
import { startZammadWorld, zammadContext, type ZammadTestWorld } from './zammad-world.js';

const MARK = '[tb-q-1a2b3c4d]';
const ANNA = '3';
const CUSTOMER = '5';

describe('notes that Timebridge writes into a ticket of Zammad', () => {
  let world: ZammadTestWorld;
  let ticketId: string;
  beforeEach(async () => {
    world = await startZammadWorld();
    ticketId = await world.newTicket('Printer');
  });
  afterEach(() => world.close());

  const write = async (changes: Partial<NoteWanted> = {}, token = 'tok_sync'): Promise<NoteWritten> => {
    const source = createZammadSource(zammadContext(world.url, token), { retryDelaysMs: [] });
    const { notes } = source;
    if (notes === undefined) throw new Error('Zammad has notes');
    try {
      return await notes.write({
        ...{ ticketId, personId: ANNA, personName: 'Anna Agent', mark: MARK },
        ...{ text: 'Is 1 < 2 h right?\nThanks', signature: 'Jana · Timebridge' },
        ...changes,
      });
    } finally {
      await source.close();
    }
  };
  const articles = async () =>
    (await world.call('GET', `/ticket_articles/by_ticket/${ticketId}`)) as readonly {
      readonly body: string;
    }[];

  it('are internal, mention the agent, and carry the text as it was typed', async () => {
    const before = (await articles()).length;
    const { articleCount } = await write();
    expect(articleCount).toBe(before + 1);
    expect((await articles()).at(-1)).toMatchObject({
      ...{ internal: true, type: 'note', sender: 'Agent', content_type: 'text/html' },
      body: `<p><a href="${world.url}/#user/profile/3" data-mention-user-id="3">Anna Agent</a></p><p>Is 1 &lt; 2 h right?<br>Thanks</p><p>Jana · Timebridge ${MARK}</p>`,
    });
  });

  it('are not written twice: a note whose answer was lost is found by its mark', async () => {
    const first = await write();
    await world.call('POST', '/ticket_articles', { ticket_id: Number(ticketId), body: 'It is 2 h.' });
    const count = (await articles()).length;
    expect(await write()).toEqual(first);
    expect(await articles()).toHaveLength(count);
  });

  it('go without the mention where the person has no access to the ticket', async () => {
    await write({ personId: CUSTOMER, personName: 'Carla Customer' });
    const { body } = (await articles()).at(-1) ?? { body: '' };
    expect(body).toContain('<p>Carla Customer</p>');
    expect(body).not.toContain('data-mention-user-id');
  });

  it('need the right to change tickets of the group, and say so', async () => {
    await world.close();
    world = await startZammadWorld((zammad) => {
      const sync = zammad.users[6];
      if (sync) zammad.users[6] = { ...sync, group_ids: { 1: ['read'] } };
    });
    ticketId = await world.newTicket('Printer');
    await expect(write()).rejects.toMatchObject({
      code: 'permission_missing',
      info: { permission: 'ticket.agent, group: change' },
    });
  });
});
