import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../api/problem';
import { fakeCases } from '../../../dev/fake-cases';
import { createFakeClient } from '../../../dev/fake-client';
import { mountScreen } from '../../../dev/mount-screen';
import AskAgent from './ask-agent.vue';

const row = fakeCases(new Date('2026-11-23T12:00:00Z'))
  .map(({ conflict }) => conflict)
  .find(({ ticketNumber, personName }) => ticketNumber !== null && personName !== null);
let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function show(answer: () => unknown) {
  const sent: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: async (contract, parts, options) => {
      if (contract.id !== 'askAgent') return fake.call(contract, parts, options);
      sent.push(Reflect.get(parts, 'body'));
      return contract.reply.validate(answer());
    },
  };
  const { wrapper, subject } = await mountScreen(AskAgent, { client, props: { row, open: true } });
  unmount = () => wrapper.unmount();
  const field = () => document.querySelector<HTMLTextAreaElement>('#ask-text');
  const send = async () => {
    field()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    await flushPromises();
  };
  const write = async (text: string) => {
    const area = field();
    if (area === null) throw new Error('there must be a field for the question');
    area.value = text;
    area.dispatchEvent(new Event('input'));
    await flushPromises();
  };
  return { sent, send, write, field, left: () => subject.emitted('left') ?? [] };
}

describe('a question to the agent', () => {
  it('begins with what the case is about, and leaves with the day on which the case comes back', async () => {
    const { sent, send, field, left } = await show(() => ({ noteId: '90', asleep: true }));
    const text = field()?.value;
    expect(text).toMatch(/ Was ist richtig\?$/);
    await send();
    expect(sent).toMatchObject([{ text, until: expect.stringMatching(/T\d\d:00:00/) }]);
    expect(left()).toHaveLength(1);
  });

  it('keeps its text and says why when it is refused; the same is sent again, another text is another one', async () => {
    const reason = { code: 'note_not_allowed', facts: {} };
    const { sent, send, write, left } = await show(() => {
      throw new ApiProblem(422, 'note-refused', '', { reason });
    });
    await write('Waren es 15 Minuten?');
    await send();
    expect(document.body.textContent).toContain('darf in diesem Ticket keine Notiz schreiben');
    expect(left()).toEqual([]);
    await send();
    await write('Oder 20?');
    await send();
    const ids = sent.map((body) => Reflect.get(Object(body), 'askId') as unknown);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('is not sent without a text', async () => {
    const { sent, send, write } = await show(() => ({ noteId: '90', asleep: true }));
    await write('  ');
    await send();
    expect(sent).toEqual([]);
  });
});
