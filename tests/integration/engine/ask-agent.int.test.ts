import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import * as yup from 'yup';
import { rows } from '../../../db/sql.js';
import { findConflict } from '../../../db/stores/conflicts.js';
import { listInbox } from '../../../db/stores/conflicts-view.js';
import { storeQuestion } from '../../../db/stores/questions.js';
import { NOTE_REFUSED } from '../../../domain/errors.js';
import { BRIDGE } from './bench-bridge.js';
import type { ContractBridge } from './contract-bridge.js';
import { withContractBridge } from './with-contract-bridge.js';

const ACTOR = { id: randomUUID(), name: 'Jana Weidner' };

let bridge: ContractBridge;
withContractBridge((opened) => (bridge = opened), { newEntries: 'ask' });

const session = () => ({ db: bridge.engine.db, tx: null });
const ARTICLES = yup
  .array(
    yup.object({
      id: yup.number().required(),
      internal: yup.boolean().required(),
      body: yup.string().required(),
    }),
  )
  .required();
const articles = async () => {
  const list = await bridge.zammad('GET', `/ticket_articles/by_ticket/${bridge.ticketId}`);
  return ARTICLES.validateSync(list);
};
const write = (body: string) =>
  bridge.zammad('POST', '/ticket_articles', { ticket_id: bridge.ticketId, body, internal: true });
const readTicket = () =>
  bridge.engine.activities.fetchTicket({ bridgeId: BRIDGE, ticketId: String(bridge.ticketId) });
const inView = async (view: 'open' | 'snoozed') => {
  const order = { sort: 'age', groupedBy: null, offset: 0, limit: 10 } as const;
  return (await listInbox(session(), { view }, order)).items;
};
const trail = async (conflictId: string) =>
  (
    await rows<{ action: string }>(
      session(),
      `select action from audit_logs where subject_kind = 'conflict' and subject_id = $1 order by id`,
      [conflictId],
    )
  ).map(({ action }) => action);

/** What Timebridge's user may do with the tickets of the one group. */
async function allow(...access: readonly string[]): Promise<void> {
  const { id } = yup.object({ id: yup.number().required() }).validateSync(await syncUser());
  await bridge.zammad('PUT', `/users/${id}`, { group_ids: { 1: access } });
}
beforeEach(async () => {
  await allow('read', 'change');
  await rows(
    session(),
    `insert into users (id, email, name, role) values ($1, 'jana@example.com', $2, 'approver') returning 1`,
    [ACTOR.id, ACTOR.name],
  );
});

/** One case, open, about the agent's entry. */
async function oneCase(): Promise<string> {
  await bridge.book(15);
  await bridge.engine.run();
  const [conflict] = await bridge.engine.openConflicts();
  if (conflict === undefined) throw new Error('there must be a case');
  return conflict.id;
}

/** As the API keeps it before it tells the process. */
const keep = (conflictId: string, id: string) =>
  storeQuestion(session(), {
    ...{ id, conflictId, userId: ACTOR.id, userName: ACTOR.name, until: null },
    text: 'Was that really 15 minutes?',
  });

async function ask(conflictId: string, askId: string = randomUUID()) {
  expect(await keep(conflictId, askId)).toBe(true);
  return bridge.engine.activities.askAgent({ askId });
}

it('an agent is asked by an internal note, and the case is away until somebody writes in the ticket', async () => {
  const id = await oneCase();
  expect(await ask(id)).toMatchObject({ asleep: true });
  const note = (await articles()).at(-1);
  expect(note).toMatchObject({ internal: true });
  expect(note?.body).toContain('data-mention-user-id="3"');
  expect(note?.body).toContain('Was that really 15 minutes?');
  expect(note?.body).toContain(`Jana Weidner · Timebridge · http://localhost/inbox/${id}`);
  expect(await inView('open')).toEqual([]);

  await readTicket(); // our own note changed the ticket as well
  expect((await inView('snoozed')).map((row) => row.id)).toEqual([id]);

  await write('It was 20, sorry.');
  await readTicket();
  expect(await inView('open')).toMatchObject([{ id, reopenedWhy: { code: 'ticket_written' } }]);
  expect(await trail(id)).toEqual(['conflict.asked', 'conflict.woken']);
  const untold = await rows(session(), 'select 1 from conflicts where id = $1 and untold_since is not null', [
    id,
  ]);
  expect(untold).toHaveLength(1);
});

it('a case that was put aside by hand comes back when somebody writes in its ticket, and once only', async () => {
  const id = await oneCase();
  await bridge.engine.activities.snoozeConflict({
    ...{ conflictId: id, until: null, untilChange: true, actorId: ACTOR.id },
  });
  await readTicket();
  expect(await inView('open')).toEqual([]);
  await write('Something else.');
  await bridge.engine.run(); // the catch-all sees it as well as a webhook
  expect(await inView('open')).toMatchObject([{ id }]);
  await readTicket();
  expect(await trail(id)).toEqual(['conflict.snoozed', 'conflict.woken']);
});

it('a question that is put again writes one note, and finds an answer that came meanwhile', async () => {
  const id = await oneCase();
  const askId = randomUUID();
  const first = await ask(id, askId);
  await write('20 minutes.');
  await readTicket();
  const count = (await articles()).length;
  expect(await ask(id, askId)).toMatchObject({ noteId: first.noteId, asleep: false });
  expect(await articles()).toHaveLength(count);
  expect(await inView('open')).toMatchObject([{ id }]);
  expect(await trail(id)).toEqual(['conflict.asked', 'conflict.woken']);
});

it('a token that may not write notes is a refusal with its reason: nothing pauses, and the case stays', async () => {
  const id = await oneCase();
  await allow('read');
  const askId = randomUUID();
  await expect(ask(id, askId)).rejects.toMatchObject({
    type: NOTE_REFUSED,
    details: [{ code: 'note_not_allowed', facts: {} }],
  });
  expect(await inView('open')).toMatchObject([{ id }]);
  const connectors = await rows<{ health: string }>(session(), 'select health from connectors order by id');
  expect(connectors.map(({ health }) => health)).toEqual(['ok', 'ok']);
  await bridge.engine.activities.noteUnasked({ askId });
  expect(await trail(id)).toEqual(['conflict.ask_failed']);
});

it('a case that was decided meanwhile is not asked about', async () => {
  const id = await oneCase();
  const conflict = await findConflict(session(), id);
  if (conflict === undefined) throw new Error('there must be a case');
  const [open] = await bridge.engine.openConflicts();
  if (open) await bridge.engine.decide(open, 'create');
  const before = (await articles()).length;
  await expect(ask(id)).rejects.toMatchObject({ type: 'NotOpen' });
  expect(await articles()).toHaveLength(before);
});

async function syncUser(): Promise<unknown> {
  const response = await fetch(`${bridge.simulators.zammadUrl}/api/v1/users/me`, {
    headers: { authorization: 'Token token=tok_sync' },
  });
  return response.json();
}
