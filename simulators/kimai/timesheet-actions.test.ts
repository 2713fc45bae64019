import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  baseWorld,
  BOOKING,
  column,
  field,
  formErrors,
  NOW,
  startKimai,
  type TestKimai,
} from './test-server.js';

let kimai: TestKimai;
beforeAll(async () => {
  kimai = await startKimai(() =>
    baseWorld({
      tags: [
        { id: 1, name: 'Test', visible: true, color: null },
        { id: 3, name: 'Müller', visible: true, color: null },
      ],
    }),
  );
});
beforeEach(() => kimai.reset());
afterAll(() => kimai.simulator.close());

/** Books as a user and gives the id. */
async function book(as: string, more: object = {}): Promise<number> {
  const answer = await kimai.call(as, 'POST', '/api/timesheets', { ...BOOKING, ...more });
  expect(answer.status).toBe(200);
  return Number(field(answer, 'id'));
}

const list = (as: string, query = '') =>
  kimai.call(as, 'GET', `/api/timesheets?orderBy=id&order=ASC${query}`);
const read = (as: string, id: number) => kimai.call(as, 'GET', `/api/timesheets/${id}`);
const patch = (as: string, id: number, body: unknown) =>
  kimai.call(as, 'PATCH', `/api/timesheets/${id}`, body);

describe('timers', () => {
  it('a second one stops the first, restart and stop work, a stopped one stays', async () => {
    const first = await book('anna', { begin: '2026-11-22T10:00:00', end: null });
    expect((await read('anna', first)).body).toMatchObject({ end: null, duration: 0 });
    const second = await kimai.call('anna', 'PATCH', `/api/timesheets/${first}/restart`, {});
    expect(second.body).toMatchObject({ end: null, begin: '2026-11-22T12:00:00+0100', tags: [] });
    expect((await read('anna', first)).body).toMatchObject({
      end: '2026-11-22T12:00:00+0100',
      duration: 7200,
    });
    expect(column(await kimai.call('anna', 'GET', '/api/timesheets/active'), 'id')).toEqual([
      field(second, 'id'),
    ]);
    const stopped = await kimai.call('anna', 'PATCH', `/api/timesheets/${first}/stop`);
    expect([stopped.status, field(stopped, 'duration')]).toEqual([200, 7200]);
  });

  it('stopping beyond the maximum is refused in the other shape', async () => {
    const id = await book('anna', { begin: '2026-11-20T12:00:00', end: null });
    await kimai.control('settings', { 'timesheet.rules.long_running_duration': '750' });
    const answer = await kimai.call('anna', 'PATCH', `/api/timesheets/${id}/stop`);
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        code: '400',
        message: 'There was a problem saving.',
        errors: { children: { duration: { errors: ['Maximum 12:30 hours allowed.'] } } },
      },
    ]);
    const next = await kimai.call('anna', 'POST', '/api/timesheets', { project: 1, activity: 1 });
    expect(formErrors(next).top).toEqual([
      'You have an active time record which cannot be stopped automatically.',
    ]);
    // The failed create has used up an id.
    expect(await book('anna')).toBe(id + 2);
  });
});

describe('copies', () => {
  it('duplicate takes everything but the exported flag, restart only what it is told to', async () => {
    const id = await book('boss', { tags: 'Test', description: 'x [zmd-1]', exported: true });
    const twin = await kimai.call('boss', 'PATCH', `/api/timesheets/${id}/duplicate`);
    expect(twin.body).toMatchObject({
      tags: ['Test'],
      description: 'x [zmd-1]',
      exported: false,
      duration: 3600,
    });
    const bare = await kimai.call('boss', 'PATCH', `/api/timesheets/${id}/restart`, {
      begin: '2026-11-22T08:00:00',
    });
    expect(bare.body).toMatchObject({ tags: [], description: null, begin: '2026-11-22T08:00:00+0100' });
    const all = await kimai.call('boss', 'PATCH', `/api/timesheets/${id}/restart`, { copy: 'all' });
    expect(all.body).toMatchObject({ tags: ['Test'], description: 'x [zmd-1]' });
  });

  it('are 403 once the project is hidden, while the record can still be changed', async () => {
    const id = await book('anna');
    await kimai.call('boss', 'PATCH', '/api/projects/1', { visible: false });
    for (const action of ['duplicate', 'restart'])
      expect((await kimai.call('anna', 'PATCH', `/api/timesheets/${id}/${action}`)).status).toBe(403);
    expect((await patch('anna', id, { project: 1, description: 'still' })).status).toBe(200);
  });
});

describe('exported records and modified_after', () => {
  const since = async (at: string) => column(await list('boss', `&user=all&modified_after=${at}`), 'id');
  const LATER = '2026-11-22T12:00:00';

  it('the toggle flips each time, needs its right, and locks the record', async () => {
    const id = await book('anna');
    const toggle = (as: string) => kimai.call(as, 'PATCH', `/api/timesheets/${id}/export`);
    expect((await toggle('anna')).status).toBe(403);
    expect(field(await toggle('boss'), 'exported')).toBe(true);
    expect((await kimai.call('anna', 'DELETE', `/api/timesheets/${id}`)).status).toBe(403);
    expect(field(await toggle('boss'), 'exported')).toBe(false);
    expect((await kimai.call('anna', 'DELETE', `/api/timesheets/${id}`)).status).toBe(204);
  });

  it('the bound is UTC and inclusive; an empty one finds nothing from before now', async () => {
    const id = await book('anna');
    expect(await since(NOW.slice(0, 19))).toEqual([id]);
    expect(await since('2026-11-22T11:00:01')).toEqual([]);
    kimai.simulator.clock.fixAt(new Date('2026-11-22T11:00:05Z'));
    expect(await since('')).toEqual([]);
  });

  it.each([
    ['a description', (id: number) => patch('anna', id, { description: 'new' }), true],
    ['a tag', (id: number) => patch('anna', id, { tags: 'Test' }), true],
    ['the exported flag', (id: number) => patch('boss', id, { exported: true }), true],
    ['nothing', (id: number) => patch('anna', id, { end: BOOKING.end, project: 1 }), false],
    ['bulk export', (id: number) => kimai.control('export', { ids: [id] }), false],
    ['deletion of its tag', () => kimai.call('boss', 'DELETE', '/api/tags/3'), false],
  ])('changing %s moves it: %j', async (_, change, moves) => {
    const id = await book('anna', { tags: 'Müller' });
    kimai.simulator.clock.fixAt(new Date(`${LATER}Z`));
    expect((await change(id)).status).toBeLessThan(300);
    expect(await since(LATER)).toEqual(moves ? [id] : []);
  });

  it('a person who edits in the screens is an ordinary change', async () => {
    const id = await book('anna');
    kimai.simulator.clock.fixAt(new Date(`${LATER}Z`));
    const edited = await kimai.control('timesheets', { id, description: 'by hand' });
    expect(field(edited, 'description')).toBe('by hand');
    expect(await since(LATER)).toEqual([id]);
    expect((await kimai.control('timesheets', { id, delete: true })).status).toBe(200);
    expect((await read('boss', id)).status).toBe(404);
  });

  it('a description alone rounds an old record anew', async () => {
    const id = await book('anna', { end: '2026-03-02T09:01:00' });
    await kimai.control('settings', { 'timesheet.rounding.default.duration': '15' });
    expect(field(await patch('anna', id, { description: 'x' }), 'duration')).toBe(900);
  });
});
