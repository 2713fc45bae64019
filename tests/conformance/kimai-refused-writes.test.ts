import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../connectors/kimai/refusals.js';
import { SyncError } from '../../domain/errors.js';
import type { DesiredTimesheet } from '../../domain/timesheet.js';
import { newActivity, newCustomer, newProject, newTimesheet } from '../../simulators/kimai/index.js';
import type { KimaiRows } from '../../simulators/kimai/world.js';
import { hasSentence, say } from '../../words/say.js';
import { kimaiFixture } from './kimai-fixture.js';
import { ENDED, HIDDEN, MORNING } from './kimai-world.js';

const { world, targetOf } = kimaiFixture();

const PLAIN: DesiredTimesheet = { ...MORNING, tags: [] };
const rule = (name: string, value: string) => ({ [`timesheet.rules.${name}`]: value });

async function refusalOf(attempt: Promise<unknown>): Promise<SyncError> {
  const error: unknown = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof SyncError) return error;
  throw error;
}

type Case = {
  readonly what: string;
  readonly refusal: (typeof REFUSALS)[number];
  readonly wish?: Partial<DesiredTimesheet>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly rows?: (rows: KimaiRows) => KimaiRows;
  /** Books this first. */
  readonly before?: DesiredTimesheet;
};

/** Customers, projects and activities 7 to 9: each of them takes no booking, for another reason. */
const barred = (rows: KimaiRows): KimaiRows => ({
  ...rows,
  customers: [...(rows.customers ?? []), newCustomer({ id: 7, name: 'Gone', visible: false })],
  projects: [
    ...(rows.projects ?? []),
    newProject({ id: 7, name: 'Of a hidden customer', customer: 7 }),
    newProject({ id: 8, name: 'Own activities only', customer: 1, globalActivities: false }),
    newProject({ id: 9, name: 'This autumn', customer: 1, start: '2026-11-10', end: '2026-12-31' }),
    newProject({ id: 10, name: 'Next year', customer: 1, start: '2027-01-01' }),
  ],
  activities: [
    ...(rows.activities ?? []),
    newActivity({ id: 7, name: 'Hidden', visible: false }),
    newActivity({ id: 8, name: 'Of another project', project: 8 }),
  ],
});

const CASES: readonly Case[] = [
  { what: 'an end before the begin', refusal: 'end_before_begin', wish: { end: '2026-11-02T08:00:00' } },
  { what: 'more than a year', refusal: 'too_long', wish: { begin: '2025-01-02T09:00:00' } },
  {
    what: 'more than the longest duration',
    refusal: 'too_long',
    settings: rule('long_running_duration', '60'),
  },
  {
    what: 'a time to come',
    refusal: 'future',
    settings: rule('allow_future_times', '0'),
    wish: { begin: '2027-05-03T09:00:00', end: '2027-05-03T10:00:00' },
  },
  {
    what: 'an empty duration',
    refusal: 'zero_duration',
    settings: rule('allow_zero_duration', '0'),
    wish: { end: MORNING.begin },
  },
  { what: 'an overlap', refusal: 'overlap', settings: rule('allow_overlapping_records', '0'), before: PLAIN },
  {
    what: 'a locked period',
    refusal: 'period_locked',
    settings: {
      ...rule('lockdown_period_start', 'first day of last month'),
      ...rule('lockdown_period_end', 'yesterday'),
    },
  },
  {
    what: 'a budget that is used up',
    refusal: 'budget',
    settings: rule('allow_overbooking_budget', '0'),
    rows: (rows) => ({
      ...rows,
      projects: (rows.projects ?? []).map((project) => ({ ...project, timeBudget: 60 })),
    }),
  },
  { what: 'a hidden project', refusal: 'project_not_selectable', wish: { projectId: HIDDEN } },
  { what: 'an ended project', refusal: 'project_not_selectable', wish: { projectId: ENDED } },
  {
    what: 'a project of a hidden customer',
    refusal: 'project_not_selectable',
    rows: barred,
    wish: { projectId: '7' },
  },
  {
    what: 'a project that has not begun',
    refusal: 'project_not_selectable',
    rows: barred,
    wish: { projectId: '10' },
  },
  {
    what: 'a day before the project',
    refusal: 'project_not_started',
    rows: barred,
    wish: { projectId: '9' },
  },
  { what: 'a hidden activity', refusal: 'activity_not_selectable', rows: barred, wish: { activityId: '7' } },
  {
    what: 'an activity of another project',
    refusal: 'activity_not_selectable',
    rows: barred,
    wish: { activityId: '8' },
  },
  {
    what: 'a global activity where the project has its own',
    refusal: 'activity_not_selectable',
    rows: barred,
    wish: { projectId: '8' },
  },
  { what: 'a disabled user', refusal: 'user_not_selectable', wish: { userId: '7' } },
];

describe('what can refuse a create', () => {
  it.each(CASES)('$what is a sentence: $refusal', async ({ refusal, wish, settings, rows, before }) => {
    const system = await world(rows);
    const target = targetOf(system.url);
    if (before !== undefined) await target.createTimesheet(before);
    if (settings !== undefined) await system.control('settings', settings);
    const error = await refusalOf(target.createTimesheet({ ...PLAIN, ...wish }));
    expect(error).toMatchObject({ code: 'record_refused', info: { status: 400, refusal } });
    expect(error.info.quoted?.length).toBeGreaterThan(0);
  });

  it('a day after the end of a project that still runs is one too', async () => {
    const system = await world((rows) => ({
      ...rows,
      projects: [...(rows.projects ?? []), newProject({ id: 9, name: 'x', customer: 1, end: '2026-11-30' })],
    }));
    const wish = { ...PLAIN, projectId: '9', begin: '2026-12-02T09:00:00', end: '2026-12-02T10:00:00' };
    const error = await refusalOf(targetOf(system.url).createTimesheet(wish));
    expect(error.info.refusal).toBe('project_ended');
  });

  it('a description that is too long is told as that and not as a long duration', async () => {
    const system = await world();
    const wish = { ...PLAIN, description: 'x'.repeat(70_000) };
    const error = await refusalOf(targetOf(system.url).createTimesheet(wish));
    expect(error.info.refusal).toBe('text_too_long');
  });
});

describe('what can refuse a change or a deletion', () => {
  const forbidden = { code: 'record_refused', info: { status: 403, refusal: 'forbidden' } };

  it('an exported row and a locked one are forbidden, and so is their deletion', async () => {
    const system = await world();
    const target = targetOf(system.url);
    const exported = await target.createTimesheet(PLAIN);
    await system.control('export', { ids: [Number(exported.externalId)] });
    const locked = await target.createTimesheet({
      ...PLAIN,
      begin: '2026-11-03T09:00:00',
      end: '2026-11-03T10:00:00',
    });
    await system.control('settings', {
      ...rule('lockdown_period_start', 'first day of last month'),
      ...rule('lockdown_period_end', 'yesterday'),
    });
    for (const { externalId } of [exported, locked]) {
      await expect(target.updateTimesheet(externalId, { description: 'x' })).rejects.toMatchObject(forbidden);
      await expect(target.deleteTimesheet(externalId)).rejects.toMatchObject(forbidden);
    }
  });

  it('a row of somebody else is forbidden to a token without the right', async () => {
    const system = await world();
    const { externalId } = await targetOf(system.url).createTimesheet(PLAIN);
    const plain = targetOf(system.url, 'tok_ben');
    await expect(plain.updateTimesheet(externalId, { description: 'x' })).rejects.toMatchObject(forbidden);
  });

  it('a row that is gone is told as gone', async () => {
    const system = await world();
    const error = await refusalOf(targetOf(system.url).updateTimesheet('999', { description: 'x' }));
    expect(error.info).toMatchObject({ status: 404, refusal: 'gone' });
  });

  it('a row on a project that is hidden by now may still be changed', async () => {
    const row = newTimesheet({
      id: 1,
      user: 2,
      project: Number(HIDDEN),
      activity: 1,
      begin: Date.parse('2026-11-02T08:00:00Z') / 1000,
      end: Date.parse('2026-11-02T09:00:00Z') / 1000,
      dateTz: '2026-11-02',
    });
    const system = await world((rows) => ({ ...rows, timesheets: [row] }));
    expect(await targetOf(system.url).updateTimesheet('1', { description: 'x' })).toMatchObject({
      description: 'x',
    });
  });
});

describe('each refusal', () => {
  it.each([...REFUSALS, 'never_answered'])(
    'has a sentence in both languages that says what to do: %s',
    (code) => {
      expect(hasSentence(code)).toBe(true);
      const said = say({ code, facts: { quoted: ['No.'] } }, 'de');
      expect(said).toMatch(/^Kimai hat .*(\. |; ).*[.“]/);
      expect(say({ code, facts: {} }, 'en').split(/[.;] /).length).toBeGreaterThan(1);
    },
  );
});
