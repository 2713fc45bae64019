import { describe, expect, it } from 'vitest';
import { newTimesheet } from '../../simulators/kimai/index.js';
import { kimaiFixture } from './kimai-fixture.js';
import { MORNING } from './kimai-world.js';

const { world, targetOf } = kimaiFixture();
const PLAIN = { ...MORNING, tags: [] };

describe('what the token may do is found out without changing anything', () => {
  const check = async (url: string, token?: string) => {
    const { findings, capabilities } = await targetOf(url, token).check('full');
    return { codes: findings.filter(({ level }) => level !== 'ok').map(({ code }) => code), capabilities };
  };
  const permit = (system: Awaited<ReturnType<typeof world>>, permission: string, allowed: boolean) =>
    system.control('permissions', { role: 'ROLE_SYNC', permission, allowed });

  it('too little: others’ rows cannot be changed', async () => {
    const system = await world();
    await targetOf(system.url).createTimesheet(PLAIN);
    expect((await check(system.url)).capabilities).toMatchObject({ editsOthers: true });
    await permit(system, 'edit_other_timesheet', false);
    const found = await check(system.url);
    expect(found.capabilities).toMatchObject({ editsOthers: false });
    expect(found.codes).toContain('kimai_changes_others_unproven');
  });

  it('too little: a row of today that cannot be changed is no question of a locked period', async () => {
    const now = Math.floor(Date.now() / 60_000) * 60;
    const row = newTimesheet({
      id: 1,
      user: 2,
      project: 1,
      activity: 1,
      begin: now - 600,
      end: now,
      dateTz: new Date().toISOString().slice(0, 10),
    });
    const system = await world((rows) => ({ ...rows, timesheets: [row] }));
    await permit(system, 'edit_other_timesheet', false);
    expect((await check(system.url)).codes).toContain('kimai_permission_missing');
  });

  it('too much: exported rows can be changed, by whatever role', async () => {
    const system = await world();
    const { externalId } = await targetOf(system.url).createTimesheet(PLAIN);
    await system.control('export', { ids: [Number(externalId)] });
    expect((await check(system.url)).capabilities).toMatchObject({ editsExported: false, powerful: false });
    await permit(system, 'edit_exported_timesheet', true);
    const found = await check(system.url);
    expect(found.capabilities).toMatchObject({ editsExported: true, powerful: true });
    expect(found.codes).toContain('kimai_token_edits_exported');
  });

  it('too little: tags cannot be made', async () => {
    const system = await world();
    await system.control('permissions', { role: 'ROLE_USER', permission: 'create_tag', allowed: false });
    const found = await check(system.url);
    expect(found.capabilities).toMatchObject({ createsTags: false });
    expect(found.codes).toContain('kimai_cannot_create_tags');
  });

  it('leaves rows as they were, to the second of their last change', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const made = await target.createTimesheet(PLAIN);
    await system.control('export', { ids: [Number(made.externalId)] });
    const open = await target.createTimesheet({
      ...PLAIN,
      begin: '2026-11-03T09:00:00',
      end: '2026-11-03T10:00:00',
    });
    await system.laterBy(60_000);
    const since = system.now();
    await check(system.url, 'tok_admin');
    expect((await target.listTimesheets({ modifiedAfter: since }, null)).items).toEqual([]);
    const { readAt: _before, ...asItWas } = open;
    expect(await target.readTimesheet(open.externalId)).toMatchObject(asItWas);
  });
});

describe('how this Kimai is set', () => {
  it('a locked period shows in the oldest open row', async () => {
    const system = await world();
    const target = targetOf(system.url);
    await target.createTimesheet(PLAIN);
    await target.createTimesheet({ ...PLAIN, begin: '2026-11-23T09:00:00', end: '2026-11-23T09:30:00' });
    expect((await target.check('full')).capabilities).toMatchObject({ lockdown: false });
    await system.control('settings', {
      'timesheet.rules.lockdown_period_start': 'first day of last month',
      'timesheet.rules.lockdown_period_end': 'yesterday',
    });
    const { capabilities, findings } = await target.check('full');
    expect(capabilities).toMatchObject({ lockdown: true });
    expect(findings.map(({ code }) => code)).toContain('kimai_lockdown');
  });

  it('a rounding of durations shows in the rows, and is not concluded from none', async () => {
    const system = await world();
    const target = targetOf(system.url);
    await target.createTimesheet(PLAIN);
    expect((await target.check('full')).capabilities).toMatchObject({ roundsDuration: null });
    await system.control('settings', { 'timesheet.rounding.default.duration': '15' });
    await target.createTimesheet({ ...PLAIN, begin: '2026-11-03T09:00:00', end: '2026-11-03T09:07:00' });
    expect((await target.check('full')).capabilities).toMatchObject({ roundsDuration: true });
  });

  it('its version, its mode and its rules are told', async () => {
    const system = await world();
    await system.control('settings', {
      'timesheet.mode': 'punch',
      'timesheet.rules.allow_future_times': '0',
      'timesheet.rules.allow_overlapping_records': '0',
    });
    const { capabilities, version } = await targetOf(system.url).check('full');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(capabilities).toMatchObject({
      version,
      trackingMode: 'punch',
      allowsFuture: false,
      allowsOverlap: false,
      // Whoever may see others' time may place it, whatever the mode.
      placesTimes: true,
    });
    const plain = await targetOf(system.url, 'tok_ben').check('full');
    expect(plain.capabilities).toMatchObject({ placesTimes: false });
  });
});
