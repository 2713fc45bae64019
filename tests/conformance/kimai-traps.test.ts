import { describe, expect, it } from 'vitest';
import type { StubHandler } from '../../connectors/test-stub.js';
import { newTimesheet, newUser } from '../../simulators/kimai/index.js';
import { kimaiFixture } from './kimai-fixture.js';
import { ANNA, BEN, MORNING } from './kimai-world.js';
import { allPages } from './source-conformance.js';

const { world, stub, targetOf } = kimaiFixture();

/** Types of vitest's matchers are `any`: what they stand for here is a text. */
const containing = (part: string): unknown => expect.stringContaining(part);
const failing: unknown = expect.stringMatching(/contract_broken|unavailable/);

const row = (id: number, more: object = {}) => ({
  id,
  user: 2,
  project: 1,
  activity: 1,
  begin: '2026-11-02T09:00:00+0100',
  end: '2026-11-02T10:30:00+0100',
  duration: 5_400,
  description: null,
  tags: [],
  exported: false,
  billable: true,
  ...more,
});
const PAGING = { 'x-page': '1', 'x-total-count': '1', 'x-total-pages': '1', 'x-per-page': '500' };
const list =
  (rows: readonly unknown[]): StubHandler =>
  () => ({ body: rows, headers: PAGING });

describe('what is sent', () => {
  it('a POST names begin and end, tags as one text, ids as numbers, and no field that was not asked for', async () => {
    const { url, calls } = await stub(() => ({ body: row(1) }));
    await targetOf(url).createTimesheet({ ...MORNING, tags: ['zammad', 'b'] });
    expect(calls[0]?.body).toEqual({
      begin: '2026-11-02T09:00:00',
      end: '2026-11-02T10:30:00',
      project: 1,
      activity: 1,
      user: 2,
      description: 'Printer',
      tags: 'zammad,b',
    });
    await targetOf(url).createTimesheet({ ...MORNING, billable: false });
    expect(calls[1]?.body).toMatchObject({ billable: false });
  });

  it('a PATCH names only what changes', async () => {
    const { url, calls } = await stub(() => ({ body: row(1) }));
    await targetOf(url).updateTimesheet('1', { description: 'Screen' });
    expect(calls.map(({ body }) => body)).toEqual([{ description: 'Screen' }]);
  });

  it.each(['2026-11-02T09:00:30', '2026-11-02T09:00', '2026-11-02T09:00:00Z'])(
    'never goes out with %s as a begin',
    async (begin) => {
      const { url, calls } = await stub(() => ({ body: row(1) }));
      await expect(targetOf(url).createTimesheet({ ...MORNING, begin })).rejects.toThrow(RangeError);
      expect(calls).toEqual([]);
    },
  );

  it('a description that Kimai would answer with a 500 is refused before it is sent', async () => {
    const { url, calls } = await stub(() => ({ body: row(1) }));
    const wish = { ...MORNING, description: 'ä'.repeat(32_768) };
    await expect(targetOf(url).createTimesheet(wish)).rejects.toMatchObject({
      code: 'record_refused',
      info: { field: 'description' },
    });
    expect(calls).toEqual([]);
  });

  it('a list is asked for everybody, by id, with local days and a moment in UTC', async () => {
    const { url, calls } = await stub(list([]));
    const query = { fromDay: '2026-11-01', toDay: '2026-11-30', modifiedAfter: '2026-11-23T09:00:00.500Z' };
    await targetOf(url).listTimesheets(query, null);
    expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
      user: 'all',
      begin: '2026-11-01T00:00:00',
      end: '2026-11-30T23:59:59',
      modified_after: '2026-11-23T09:00:00',
      orderBy: 'id',
      order: 'ASC',
      size: '500',
      page: '1',
    });
  });

  it.each(['[tb:1]', '[TB-1]', '[tb_1]', '[tb 1]', 'tb-1'])(
    'a marker that the search would misread is refused: %s',
    async (marker) => {
      const { url } = await stub(list([]));
      await expect(targetOf(url).findByMarker(marker, { userId: '2', day: '2026-11-02' })).rejects.toThrow(
        RangeError,
      );
    },
  );
});

describe('what comes back', () => {
  it('the answer to a POST and the next GET show other offsets of the same moment', async () => {
    const london = newUser({ id: 8, username: 'lisa', timezone: 'Europe/London' });
    const system = await world((rows) => ({ ...rows, users: [...(rows.users ?? []), london] }));
    const target = targetOf(system.url);
    const made = await target.createTimesheet({ ...MORNING, userId: '8', tags: [] });
    const read = await target.readTimesheet(made.externalId);
    expect(made.begin).toBe('2026-11-02T08:00:00Z');
    expect(read).toMatchObject({ begin: made.begin, end: made.end, day: '2026-11-02' });
  });

  it('a PATCH of a person in another zone keeps the moment that was meant', async () => {
    const london = newUser({ id: 8, username: 'lisa', timezone: 'Europe/London' });
    const system = await world((rows) => ({ ...rows, users: [...(rows.users ?? []), london] }));
    const target = targetOf(system.url);
    const made = await target.createTimesheet({ ...MORNING, userId: '8', tags: [] });
    const changed = await target.updateTimesheet(made.externalId, { end: '2026-11-02T11:00:00' });
    expect(changed).toMatchObject({
      begin: '2026-11-02T08:00:00Z',
      end: '2026-11-02T10:00:00Z',
      seconds: 7_200,
    });
  });

  it('what Kimai counts is believed, not end minus begin', async () => {
    const system = await world();
    await system.control('settings', { 'timesheet.rounding.default.duration': '15' });
    const made = await targetOf(system.url).createTimesheet({
      ...MORNING,
      end: '2026-11-02T09:07:00',
      tags: [],
    });
    expect(made).toMatchObject({ seconds: 900, end: '2026-11-02T08:07:00Z' });
  });

  it('a tag that nobody made is dropped without a word, and the answer says so', async () => {
    const system = await world();
    expect((await targetOf(system.url).createTimesheet({ ...MORNING, tags: ['never-seen'] })).tags).toEqual(
      [],
    );
  });

  it('an answer to a write that cannot be read was a write all the same', async () => {
    const { url } = await stub(() => ({ body: '<html>502' }));
    await expect(targetOf(url).createTimesheet(MORNING)).rejects.toMatchObject({ code: 'outcome_unknown' });
    await expect(targetOf(url).updateTimesheet('1', { description: 'x' })).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
  });

  it('a running timer has no end', async () => {
    const { url } = await stub(list([row(1, { end: null, duration: 0 })]));
    expect((await targetOf(url).listTimesheets({}, null)).items[0]).toMatchObject({
      end: null,
      seconds: 0,
      unreadable: null,
    });
  });

  it('money that the token may not see is not zero', async () => {
    const { url } = await stub(list([row(1), row(2, { rate: 0 })]));
    expect((await targetOf(url).listTimesheets({}, null)).items.map(({ rate }) => rate)).toEqual([null, 0]);
  });
});

describe('pages', () => {
  it('a page past the end is the end, not a failure', async () => {
    const { url } = await stub(() => ({ status: 404, body: { code: 404, message: 'Not Found' } }));
    expect(await targetOf(url).listTimesheets({}, '2')).toMatchObject({ items: [], cursor: null });
    await expect(targetOf(url).listTimesheets({}, null)).rejects.toMatchObject({ code: 'contract_broken' });
  });

  it('every row comes once over all pages', async () => {
    const morning = Date.parse('2026-11-02T08:00:00Z') / 1000;
    const rows = Array.from({ length: 1_203 }, (_, index) =>
      newTimesheet({
        id: index + 1,
        user: 2,
        project: 1,
        activity: 1,
        begin: morning,
        end: morning + 60,
        dateTz: '2026-11-02',
      }),
    );
    const system = await world((given) => ({ ...given, timesheets: rows }));
    const target = targetOf(system.url);
    const found = await allPages((cursor) => target.listTimesheets({}, cursor));
    expect(found.map(({ externalId }) => Number(externalId))).toEqual(rows.map(({ id }) => id));
    expect(system.simulator.log.list().filter(({ path }) => path.startsWith('/api/timesheets'))).toHaveLength(
      3,
    );
  });

  it('a row that cannot be read counts as there and untouchable', async () => {
    const { url } = await stub(list([row(1), row(2, { begin: 'yesterday' })]));
    const page = await targetOf(url).listTimesheets({}, null);
    expect(page.items[1]).toMatchObject({
      externalId: '2',
      userId: '2',
      unreadable: containing('begin'),
    });
    expect(page.items[1]?.begin.slice(0, 4)).toBe('1970');
  });

  it('more than one row in twenty that cannot be read breaks the contract', async () => {
    const bad = [row(1, { duration: '1:30' }), row(2, { duration: '1:30' })];
    const { url } = await stub(list([...bad, row(3)]));
    await expect(targetOf(url).listTimesheets({}, null)).rejects.toMatchObject({ code: 'contract_broken' });
  });

  it.each([
    ['an object', { items: [] }],
    ['half of a page', '[{"id":1,'],
    ['a row without an id', [{ ...row(1), id: undefined }]],
  ])('%s is a failure and not "no timesheets"', async (_what, body) => {
    const { url } = await stub(() => ({ body, headers: PAGING }));
    await expect(targetOf(url).listTimesheets({}, null)).rejects.toMatchObject({
      code: failing,
    });
  });

  it('a list without its paging headers is a failure: it could be a part', async () => {
    const { url } = await stub(() => ({ body: [] }));
    await expect(targetOf(url).listTimesheets({}, null)).rejects.toMatchObject({ code: 'contract_broken' });
  });

  it('rows of the token’s own user are no answer about somebody else', async () => {
    const system = await world();
    await targetOf(system.url).createTimesheet({ ...MORNING, userId: BEN, tags: [] });
    const plain = targetOf(system.url, 'tok_ben');
    await expect(plain.listTimesheets({ userId: ANNA }, null)).rejects.toMatchObject({
      code: 'permission_missing',
      info: { permission: 'view_other_timesheet' },
    });
  });

  it('a user whom Kimai does not know has no rows', async () => {
    const system = await world();
    const target = targetOf(system.url);
    await target.createTimesheet({ ...MORNING, userId: '6', tags: [] });
    expect((await target.listTimesheets({ userId: '999' }, null)).items).toEqual([]);
  });
});

describe('markers', () => {
  it('are compared exactly, although the search finds parts and ignores case', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const book = (description: string) => target.createTimesheet({ ...MORNING, description, tags: [] });
    await book('[TB-A1-4711]');
    await book('[tb-a1-4711-2]');
    const exact = await book('Printer [tb-a1-4711]');
    const found = await target.findByMarker('[tb-a1-4711]', { userId: ANNA, day: '2026-11-02' });
    expect(found.map(({ externalId }) => externalId)).toEqual([exact.externalId]);
  });
});
