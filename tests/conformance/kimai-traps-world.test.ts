import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normaliseBaseUrl } from '../../connectors/base-url.js';
import { kimaiInstant } from '../../connectors/kimai/normalise.js';
import { readFormErrors } from '../../connectors/kimai/refusals.js';
import { newCustomer, newUser } from '../../simulators/kimai/index.js';
import { kimaiFixture } from './kimai-fixture.js';
import { ANNA, MORNING, SUPPORT } from './kimai-world.js';
import { allPages } from './source-conformance.js';

const { world, stub, targetOf } = kimaiFixture();
const PLAIN = { ...MORNING, tags: [] };
const MARKED = { ...PLAIN, description: 'Printer [tb-a1-1]' };
const AROUND = { userId: ANNA, day: '2026-11-02' };

describe('what Kimai does not tell', () => {
  it('a bulk export moves no time of change: only the whole listing and the row itself show it', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet(PLAIN);
    await system.laterBy(3_600_000);
    const since = system.now();
    await system.control('export', { ids: [Number(externalId)] });
    expect((await target.listTimesheets({ modifiedAfter: since }, null)).items).toEqual([]);
    expect((await target.listTimesheets({}, null)).items).toMatchObject([{ externalId, exported: true }]);
    expect(await target.readTimesheet(externalId)).toMatchObject({ exported: true });
  });

  it('a deletion leaves no trace: the row is missing in the listing, and its own GET proves it', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet(PLAIN);
    await system.laterBy(3_600_000);
    const since = system.now();
    await system.control('timesheets', { id: Number(externalId), delete: true });
    expect((await target.listTimesheets({ modifiedAfter: since }, null)).items).toEqual([]);
    expect(await target.readTimesheet(externalId)).toBeNull();
  });

  it('a token that is not known is a 401 without a body, which is not read', async () => {
    const { url } = await stub(() => ({ status: 401, body: '' }));
    await expect(targetOf(url).listTimesheets({}, null)).rejects.toMatchObject({
      code: 'credentials_rejected',
    });
  });

  it('an administrator cannot list users either: the right is asked for and not concluded', async () => {
    const system = await world();
    const { findings } = await targetOf(system.url, 'tok_boss').check('full');
    expect(findings).toContainEqual({
      level: 'error',
      code: 'kimai_permission_missing',
      facts: { permission: 'view_user' },
    });
  });

  it('a version before 2.26 is refused: its look-up by a tag that nobody has returns every row', async () => {
    const { url } = await stub(({ url: { pathname } }) => {
      if (pathname.endsWith('/version')) return { body: { version: '2.25.0', versionId: 22_500 } };
      if (pathname.endsWith('/users/me'))
        return { body: { id: 1, username: 'x', timezone: 'Europe/Berlin', roles: [], enabled: true } };
      if (pathname.endsWith('/config/timesheet'))
        return { body: { trackingMode: 'default', isAllowFutureTimes: true, isAllowOverlapping: true } };
      return { status: 403, body: { code: 403 } };
    });
    const { findings } = await targetOf(url).check('full');
    expect(findings).toContainEqual({
      level: 'error',
      code: 'kimai_version_too_old',
      facts: { version: '2.25.0', required: '2.26' },
    });
  });
});

describe('what is the same twice', () => {
  it('the same booking twice makes two rows: nothing of Kimai stops it, the ledger does', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const both = [await target.createTimesheet(MARKED), await target.createTimesheet(MARKED)];
    expect(new Set(both.map(({ externalId }) => externalId)).size).toBe(2);
    expect(await target.findByMarker('[tb-a1-1]', AROUND)).toHaveLength(2);
  });

  it('a duplicate made by people carries our marker: the lowest id comes first', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const made = await target.createTimesheet(MARKED);
    const copied = await fetch(`${system.url}/api/timesheets/${made.externalId}/duplicate`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer tok_admin' },
    });
    expect(copied.ok).toBe(true);
    const found = await target.findByMarker('[tb-a1-1]', AROUND);
    expect(found).toHaveLength(2);
    expect(found[0]?.externalId).toBe(made.externalId);
  });

  it('names may be taken twice: both are there with their ids, and the number tells them apart', async () => {
    const twins = [
      newCustomer({ id: 5, name: 'Acme', number: 'K-5' }),
      newCustomer({ id: 6, name: 'Acme', number: 'K-6' }),
    ];
    const system = await world((rows) => ({ ...rows, customers: [...(rows.customers ?? []), ...twins] }));
    const acme = (await targetOf(system.url).catalogue()).filter(({ name }) => name === 'Acme');
    expect(acme.map(({ externalId, number }) => [externalId, number])).toEqual([
      ['5', 'K-5'],
      ['6', 'K-6'],
    ]);
  });

  it('a tag in other letters is the same tag and is not made again', async () => {
    const system = await world();
    const target = targetOf(system.url);
    await target.ensureTag('Zammad');
    system.simulator.log.clear();
    await targetOf(system.url).ensureTag('zammad');
    expect([...system.simulator.log.tally().keys()]).toEqual(['GET /api/tags/find']);
    const made = await target.createTimesheet({ ...MORNING, tags: ['zammad'] });
    expect(made.tags.map((tag) => tag.toLowerCase())).toEqual(['zammad']);
  });

  it('a tag that is known to be there is not asked for again, until a row comes back without it', async () => {
    const system = await world();
    const target = targetOf(system.url);
    await target.ensureTag('zammad');
    system.simulator.log.clear();
    await target.ensureTag('zammad');
    expect([...system.simulator.log.tally()]).toEqual([]);
    await fetch(`${system.url}/api/tags/1`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer tok_admin' },
    });
    expect((await target.createTimesheet(MORNING)).tags).toEqual([]);
    await target.ensureTag('zammad');
    expect((await target.createTimesheet(MORNING)).tags).toEqual(['zammad']);
  });
});

describe('forms and times', () => {
  it('the second shape of a refusal is read as well: `code` is a text and names are internal ones', () => {
    const body = {
      code: '400',
      message: 'There was a problem saving.',
      errors: { children: { begin_date: { errors: ['You already have an entry for this time.'] } } },
    };
    expect(readFormErrors(body)).toMatchObject({ refusal: 'overlap', field: 'begin_date' });
  });

  it('an offset without a colon is read as the instant that it means', () => {
    expect(kimaiInstant('2026-03-02T09:00:00+0100')).toBe('2026-03-02T08:00:00Z');
    expect(kimaiInstant('2026-03-02T09:00:00+0545')).toBe('2026-03-02T03:15:00Z');
    expect(kimaiInstant('2026-03-02T09:00:00-0330')).toBe('2026-03-02T12:30:00Z');
    expect(kimaiInstant('2026-03-02T09:00:00+0000')).toBe('2026-03-02T09:00:00Z');
  });

  it('billable is sent only when it was chosen, and a token without the right is told so', async () => {
    const system = await world();
    await system.control('permissions', {
      role: 'ROLE_SYNC',
      permission: 'edit_billable_own_timesheet',
      allowed: false,
    });
    const target = targetOf(system.url);
    expect((await target.check('full')).capabilities).toMatchObject({ setsBillable: false });
    expect(await target.createTimesheet(PLAIN)).toMatchObject({ billable: true });
    await expect(target.createTimesheet({ ...PLAIN, billable: false })).rejects.toMatchObject({
      info: { refusal: 'extra_fields' },
    });
  });

  it('no timer of a person is stopped by our bookings: each has an end', async () => {
    const system = await world();
    await system.control('timesheets', { as: 2, begin: '2026-11-23T09:00:00', project: 1, activity: 1 });
    const target = targetOf(system.url);
    await target.createTimesheet(PLAIN);
    const rows = await allPages((cursor) => target.listTimesheets({ userId: ANNA }, cursor));
    expect(rows.filter(({ end }) => end === null)).toHaveLength(1);
  });

  it('a project that has ended takes nothing more, but rows on it can still be corrected', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet(PLAIN);
    const ended = await fetch(`${system.url}/api/projects/${SUPPORT}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer tok_admin', 'content-type': 'application/json' },
      // POST takes a plain date here, PATCH wants a time with it.
      body: JSON.stringify({ end: '2026-11-10T00:00:00' }),
    });
    expect(ended.ok).toBe(true);
    await expect(target.createTimesheet(PLAIN)).rejects.toMatchObject({
      info: { refusal: 'project_not_selectable' },
    });
    expect(await target.updateTimesheet(externalId, { end: '2026-11-02T11:00:00' })).toMatchObject({
      seconds: 7_200,
    });
  });
});

describe('what is never called', () => {
  const sources = readdirSync(new URL('../../connectors/kimai/', import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`../../connectors/kimai/${name}`, import.meta.url), 'utf8'))
    .join('\n');

  it('no customer, project or activity is deleted, for their timesheets would go with them', async () => {
    expect(sources.match(/method: 'DELETE'/g)).toHaveLength(1);
    const system = await world();
    const target = targetOf(system.url);
    const { externalId } = await target.createTimesheet(PLAIN);
    system.simulator.log.clear();
    await target.deleteTimesheet(externalId);
    expect([...system.simulator.log.tally().keys()]).toEqual(['DELETE /api/timesheets/:id']);
  });

  it('nothing that is not idempotent: no toggle of the export, no restart, no duplicate, no break', () => {
    for (const never of ['/export', '/restart', '/duplicate', '/stop', '/meta', 'break:'])
      expect(sources.replace('break: number()', '')).not.toContain(never);
  });

  it('no address ends with a slash, which Kimai would answer with a redirect', async () => {
    expect(normaliseBaseUrl('https://kimai.example.com/api/', '/api')).toBe('https://kimai.example.com');
    const system = await world((rows) => ({
      ...rows,
      users: [...(rows.users ?? []), newUser({ id: 9, username: 'x' })],
    }));
    const target = targetOf(system.url);
    await target.check('full');
    await target.catalogue();
    await target.listTimesheets({}, null);
    const paths = system.simulator.log.list().map(({ path }) => path.split('?')[0] ?? '');
    expect(paths.filter((path) => path.endsWith('/'))).toEqual([]);
  });
});
