import { describe, expect, it } from 'vitest';
import { newUser } from '../../simulators/kimai/index.js';
import { kimaiFixture } from './kimai-fixture.js';
import { HIDDEN, MORNING, ONSITE } from './kimai-world.js';

const { world, stub, targetOf } = kimaiFixture();

describe('what is refused', () => {
  const refusal = async (attempt: Promise<unknown>) =>
    attempt.then(
      () => null,
      (error: unknown) => error,
    );

  it.each([
    ['an overlap', { 'timesheet.rules.allow_overlapping_records': '0' }, {}, 'overlap'],
    [
      'a time to come',
      { 'timesheet.rules.allow_future_times': '0' },
      { begin: '2027-05-03T09:00:00', end: '2027-05-03T10:00:00' },
      'future',
    ],
    ['too long a time', { 'timesheet.rules.long_running_duration': '60' }, {}, 'too_long'],
  ])('%s is quoted and classed', async (_what, settings, more, expected) => {
    const system = await world();
    const target = targetOf(system.url);
    if (expected === 'overlap') await target.createTimesheet({ ...MORNING, tags: [] });
    await system.control('settings', settings);
    const error = await refusal(target.createTimesheet({ ...MORNING, tags: [], ...more }));
    expect(error).toMatchObject({ code: 'record_refused', info: { status: 400, refusal: expected } });
  });

  it('a project that takes no bookings is named as the field', async () => {
    const system = await world();
    const error = await refusal(
      targetOf(system.url).createTimesheet({ ...MORNING, projectId: HIDDEN, tags: [] }),
    );
    expect(error).toMatchObject({
      code: 'record_refused',
      info: {
        refusal: 'project_not_selectable',
        field: 'project',
        quoted: ['The selected choice is invalid.'],
      },
    });
  });

  it('booking for others without the right is told as an extra field', async () => {
    const system = await world();
    const error = await refusal(targetOf(system.url, 'tok_ben').createTimesheet({ ...MORNING, tags: [] }));
    expect(error).toMatchObject({ code: 'record_refused', info: { refusal: 'extra_fields' } });
  });

  it('an exported row is forbidden, not gone', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet({ ...MORNING, tags: [] });
    await system.control('export', { ids: [Number(externalId)] });
    const forbidden = { code: 'record_refused', info: { status: 403, refusal: 'forbidden' } };
    await expect(target.updateTimesheet(externalId, { description: 'x' })).rejects.toMatchObject(forbidden);
    await expect(target.deleteTimesheet(externalId)).rejects.toMatchObject(forbidden);
    expect(await target.readTimesheet(externalId)).toMatchObject({ exported: true });
  });

  it('a row that one may not see is there: only a 404 is a proof', async () => {
    const system = await world();
    const { externalId } = await targetOf(system.url).createTimesheet({ ...MORNING, tags: [] });
    await expect(targetOf(system.url, 'tok_ben').readTimesheet(externalId)).rejects.toMatchObject({
      code: 'record_refused',
    });
    expect(await targetOf(system.url).readTimesheet('999999')).toBeNull();
  });

  it('a change of a row that is gone says so', async () => {
    const system = await world();
    await expect(targetOf(system.url).updateTimesheet('999999', { description: 'x' })).rejects.toMatchObject({
      code: 'record_refused',
      info: { status: 404, refusal: 'gone' },
    });
  });

  it('a delete that a proxy answered with its own 404 is not "gone"', async () => {
    const { url } = await stub(() => ({ status: 404, body: '<html>no such host</html>' }));
    await expect(targetOf(url).deleteTimesheet('1')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(targetOf(url).readTimesheet('1')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('a delete whose answer was lost is done when it is tried again', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet({ ...MORNING, tags: [] });
    system.simulator.faults.add({
      match: { method: 'DELETE' },
      skip: 0,
      times: 1,
      then: { kind: 'drop_after_write' },
    });
    await expect(target.deleteTimesheet(externalId)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await target.deleteTimesheet(externalId)).toBe('gone');
  });
});

describe('tags', () => {
  it('are made visible, once, although hidden and taken ones are not found', async () => {
    const { url, calls } = await stub(({ method }) =>
      method === 'GET'
        ? { body: [] }
        : {
            status: 400,
            body: { code: 400, errors: { children: { name: { errors: ['This value is already used.'] } } } },
          },
    );
    await targetOf(url).ensureTag('zammad');
    expect(calls.at(-1)?.body).toEqual({ name: 'zammad', visible: true });
  });

  it('that two create at the same time are there after a 500', async () => {
    let made = false;
    const { url } = await stub(({ method }) => {
      if (method === 'GET') return { body: made ? [{ name: 'Zammad' }] : [] };
      made = true;
      return { status: 500, body: { code: 500 } };
    });
    await targetOf(url).ensureTag('zammad');
    expect(made).toBe(true);
  });
});

describe('the catalogue', () => {
  it('has hidden and ended projects, and says that they take nothing', async () => {
    const system = await world();
    const items = await targetOf(system.url).catalogue();
    const projects = items.filter(({ kind }) => kind === 'project');
    expect(
      projects.map(({ name, active, parentId, orderNumber }) => [name, active, parentId, orderNumber]).sort(),
    ).toEqual([
      ['Ended', false, '1', null],
      ['Old', false, '1', null],
      ['Support', true, '1', 'B-17'],
    ]);
    expect(items.find(({ name }) => name === 'carl')).toMatchObject({
      kind: 'user',
      active: false,
      email: 'carl@example.com',
    });
    expect(items.find(({ kind, externalId }) => kind === 'activity' && externalId === ONSITE)).toMatchObject({
      parentId: null,
    });
  });
});

describe('the check', () => {
  const check = async (url: string, token?: string) => {
    const { findings, capabilities } = await targetOf(url, token).check('full');
    return {
      findings: findings.map(({ level, code, facts }) => [
        level,
        code,
        facts['permission'] ?? facts['role'] ?? null,
      ]),
      capabilities,
    };
  };

  it('finds the recommended role complete', async () => {
    const system = await world();
    await targetOf(system.url).createTimesheet({ ...MORNING, tags: [] });
    const { findings, capabilities } = await check(system.url);
    expect(findings.filter(([level]) => level !== 'ok')).toEqual([]);
    expect(capabilities).toMatchObject({
      powerful: false,
      trackingMode: 'default',
      allowsFuture: true,
      allowsOverlap: true,
      listsUsers: true,
      seesOthers: true,
      booksForOthers: true,
      placesTimes: true,
    });
  });

  it('names each permission that a plain user lacks', async () => {
    const system = await world();
    await targetOf(system.url).createTimesheet({ ...MORNING, tags: [] });
    const { findings } = await check(system.url, 'tok_ben');
    expect(findings).toEqual(
      expect.arrayContaining([
        ['error', 'kimai_permission_missing', 'view_user'],
        ['error', 'kimai_permission_missing', 'create_other_timesheet'],
      ]),
    );
  });

  it.each([
    ['tok_boss', 'ROLE_ADMIN'],
    ['tok_admin', 'ROLE_SUPER_ADMIN'],
  ])('warns of the power of %s', async (token, role) => {
    const system = await world();
    expect((await check(system.url, token)).findings).toContainEqual([
      'warning',
      'kimai_token_too_powerful',
      role,
    ]);
  });

  it('refuses a token whose user lives in another zone', async () => {
    const abroad = newUser({ id: 9, username: 'abroad', timezone: 'UTC', roles: ['ROLE_SYNC'] });
    const token = { token: 'tok_abroad', userId: 9, expiresAt: null };
    const system = await world((rows) => ({
      ...rows,
      users: [...(rows.users ?? []), abroad],
      tokens: [...(rows.tokens ?? []), token],
    }));
    const { findings } = await targetOf(system.url, 'tok_abroad').check('brief');
    expect(findings).toContainEqual({
      level: 'error',
      code: 'kimai_time_zone_differs',
      facts: { kimai: 'UTC', connector: 'Europe/Berlin', account: 'abroad' },
    });
  });

  it('is one call at the beginning of a run', async () => {
    const system = await world();
    await targetOf(system.url).check('brief');
    expect(system.simulator.log.list().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/users/me',
    ]);
  });

  it('leaves no row behind, although it asks what a booking may name', async () => {
    const system = await world();
    await targetOf(system.url).check('full');
    expect((await targetOf(system.url).listTimesheets({}, null)).items).toEqual([]);
  });
});
