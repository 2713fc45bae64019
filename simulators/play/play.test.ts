import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createKimai } from '../kimai/index.js';
import { Clock, serve, type Simulator } from '../kit/index.js';
import { createWorld } from '../worlds/registry.js';
import { ZammadSystem } from '../zammad/index.js';
import { createPlay } from './index.js';
import { h } from './markup.js';
import { chooseLanguage, hours } from './texts.js';

const NOW = new Date('2026-11-23T16:30:00.000Z');
const worlds = createWorld('demo', NOW);

describe('the page for newcomers', () => {
  let zammad: Simulator;
  let kimai: Simulator;

  beforeEach(async () => {
    const clock = Clock.startingAt(NOW);
    const copies = structuredClone(worlds);
    zammad = await serve(new ZammadSystem({ clock, world: 'demo', createWorld: () => copies.zammad }), {
      port: 0,
      clock,
    });
    kimai = await serve(createKimai({ clock, world: 'demo', createWorld: () => copies.kimai }), {
      port: 0,
      clock,
    });
    const urls = { zammadUrl: () => zammad.url, kimaiUrl: () => kimai.url };
    zammad.mount('/play', createPlay({ ...urls, timebridgeUrl: 'http://127.0.0.1:8080' }));
  });
  afterEach(async () => {
    await zammad.close();
    await kimai.close();
  });

  const show = async (language = 'de'): Promise<string> =>
    (await fetch(`${zammad.url}/play?lang=${language}`)).text();
  const submit = async (action: string, fields: Record<string, string>, headers = {}): Promise<string> => {
    const body = new URLSearchParams(fields);
    return (await fetch(`${zammad.url}/play/${action}?lang=de`, { method: 'POST', body, headers })).text();
  };

  it('books time for a person and links to the ticket in Timebridge', async () => {
    const page = await submit('book', { ticket: '#50012 egal', person: '3', type: '1', minutes: '25' });
    expect(page).toContain('25\u00a0min wurden auf #50012 erfasst.');
    expect(page).toContain('href="http://127.0.0.1:8080/inbox?q=%2350012"');
    expect(page).toContain('Anna Vogt · Fernwartung');
  });

  it('corrects, deletes and merges', async () => {
    const last = Math.max(...Object.keys(worlds.zammad.entries).map(Number));
    expect(await submit('correct', { id: String(last), minutes: '−45' })).toContain(
      `Eintrag ${last} wurde auf -45\u00a0min`,
    );
    expect(await submit('remove', { id: String(last) })).toContain(`Eintrag ${last} wurde gelöscht`);
    expect(await submit('merge', { source: '#50010', target: '50011' })).toContain(
      '#50010 wurde mit #50011 zusammengefasst',
    );
  });

  it('changes, exports and deletes rows of Kimai', async () => {
    const row = worlds.kimai.timesheets.findLast((one) => !one.exported);
    const id = String(row?.id);
    const begin = new Date((row?.begin ?? 0) * 1000).toISOString();
    expect(await submit('change', { id, begin, minutes: '95' })).toContain('dauert jetzt 1:35\u00a0h');
    expect(await submit('export', { id })).toContain('ist jetzt exportiert');
    const other = String((row?.id ?? 1) - 1);
    expect(await submit('remove-sheet', { id: other })).toContain(`Kimai-Eintrag ${other} wurde gelöscht`);
  });

  it('takes Kimai down, still answers, and brings it back', async () => {
    expect(await submit('down', { system: 'kimai', down: 'true' })).toContain(
      'Kimai ist jetzt nicht erreichbar.',
    );
    expect(await show()).toContain('Kimai ist gerade nicht erreichbar.');
    expect(await submit('change', { id: '1', begin: NOW.toISOString(), minutes: '5' })).toContain(
      'Das hat nicht geklappt',
    );
    expect(await submit('down', { system: 'kimai', down: 'false' })).toContain(
      'Kimai ist wieder erreichbar.',
    );
  });

  it('loses the next answer to a new row of Kimai', async () => {
    await submit('lose-answer', {});
    expect(kimai.faults.list()).toMatchObject([
      { match: { method: 'POST' }, then: { kind: 'drop_after_write' } },
    ]);
  });

  it('says what is wrong with minutes and tickets', async () => {
    expect(await submit('book', { ticket: '#50012', person: '3', type: '', minutes: 'viel' })).toContain(
      'Minuten müssen eine Zahl sein',
    );
    expect(await submit('book', { ticket: '99999', person: '3', type: '', minutes: '5' })).toContain(
      'Es gibt kein Ticket „99999“',
    );
  });

  it('escapes what people typed and refuses forms of other sites', async () => {
    const body = { title: '<script>alert(1)</script>', group_id: 1, article: { body: 'x' } };
    const headers = { authorization: 'Token token=tok_admin', 'content-type': 'application/json' };
    await fetch(`${zammad.url}/api/v1/tickets`, { method: 'POST', headers, body: JSON.stringify(body) });
    const page = await show('en');
    expect(page).toContain('&#60;script&#62;alert(1)');
    expect(page).not.toContain('<script>alert');
    expect(await submit('remove', { id: '1' }, { origin: 'https://elsewhere.example' })).toBe('Forbidden');
  });
});

it('escapes every filled-in part but markup', () => {
  expect(h`<p title="${'"<&'}">${h`<b>${'>'}</b>`}</p>`.html).toBe(
    '<p title="&#34;&#60;&#38;"><b>&#62;</b></p>',
  );
});

it.each([
  [null, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
  [null, 'fr,en;q=0.8,de;q=0.5', 'en'],
  ['de', 'en', 'de'],
  [null, '', 'en'],
])('chooses the language by %j, then by "%s"', (wish, accepted, language) => {
  expect(chooseLanguage(wish, accepted)).toBe(language);
});

it('writes durations as h:mm with a real minus sign', () => {
  expect([hours(90), hours(-15), hours(5)]).toEqual(['1:30\u00a0h', '−0:15\u00a0h', '0:05\u00a0h']);
});
