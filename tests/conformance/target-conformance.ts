import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TimeTarget } from '../../connectors/port.js';
import type { DesiredTimesheet } from '../../domain/timesheet.js';
import { allPages } from './source-conformance.js';

/** A target with a system behind it. Its world has a project and two activities that the users may book on. */
export type TargetUnderTest = {
  readonly target: TimeTarget;
  /** The same with a token that nobody gave out. */
  readonly stranger: TimeTarget;
  /** A complete, bookable wish: 2026-11-02, 09:00 to 10:30, Europe/Berlin. */
  readonly desired: DesiredTimesheet;
  readonly otherActivityId: string;
  readonly otherUserId: string;
  /** A project that exists and takes no bookings. */
  readonly refusedProjectId: string;
  /** The next write is carried out and its answer is lost. */
  readonly loseNextAnswer: () => void;
  readonly laterBy: (ms: number) => void | Promise<void>;
  readonly now: () => string;
  readonly goDown: () => void;
  readonly close: () => Promise<void>;
};

const MARKER = '[tb-a1-4711]';
const MINUTES = 60_000;

/** What any target must do; a connector is not done before it passes. */
export function targetConformance(name: string, make: () => Promise<TargetUnderTest>): void {
  describe(`${name} as a target of time`, () => {
    let system: TargetUnderTest;
    beforeEach(async () => {
      system = await make();
      await system.target.ensureTag('zammad');
    });
    afterEach(() => system.close());

    const marked = (): DesiredTimesheet => ({ ...system.desired, description: `Printer ${MARKER}` });
    const around = () => ({ userId: system.desired.userId, day: system.desired.day });

    it('stores what is wished and returns what it stored', async () => {
      const made = await system.target.createTimesheet(system.desired);
      const { userId, projectId, activityId, seconds, day, description, tags } = system.desired;
      expect(made).toMatchObject({ userId, projectId, activityId, seconds, day, description, tags });
      expect(Date.parse(made.begin)).toBe(Date.parse(system.desired.beginAt));
      expect(Date.parse(made.end ?? '')).toBe(Date.parse(system.desired.endAt));
      const { readAt: _, ...read } = (await system.target.readTimesheet(made.externalId)) ?? { readAt: '' };
      expect(made).toMatchObject(read);
    });

    it('books for the person named and not for the token', async () => {
      const made = await system.target.createTimesheet({ ...system.desired, userId: system.otherUserId });
      expect(made.userId).toBe(system.otherUserId);
      const theirs = await allPages((cursor) =>
        system.target.listTimesheets({ userId: system.otherUserId }, cursor),
      );
      expect(theirs.map(({ externalId }) => externalId)).toEqual([made.externalId]);
    });

    it('finds a row by its marker, exactly, lowest id first', async () => {
      const first = await system.target.createTimesheet(marked());
      const second = await system.target.createTimesheet({
        ...marked(),
        begin: '2026-11-02T11:00:00',
        end: '2026-11-02T12:00:00',
      });
      await system.target.createTimesheet({ ...marked(), description: 'Printer [tb-a1-47110]' });
      const found = await system.target.findByMarker(MARKER, around());
      expect(found.map(({ externalId }) => externalId)).toEqual([first.externalId, second.externalId]);
      expect(await system.target.findByMarker('[tb-a1-47]', around())).toEqual([]);
    });

    it('makes a customer with a project that can be found again and booked on, where it makes any', async () => {
      const { provisioning } = system.target;
      if (provisioning === undefined) return;
      const number = 'a1-4711';
      const made = await provisioning.createCustomer({ name: 'Acme', number });
      expect(await provisioning.customers()).toContainEqual(expect.objectContaining(made));
      const customerId = made.externalId;
      const project = await provisioning.createProject({ name: 'Acme', number, customerId });
      expect(project).toMatchObject({ kind: 'project', name: 'Acme', parentId: customerId, active: true });
      expect(await provisioning.projectsOf(customerId)).toEqual([project]);
      const row = await system.target.createTimesheet({ ...system.desired, projectId: project.externalId });
      expect(row.projectId).toBe(project.externalId);
      system.loseNextAnswer();
      const lost = provisioning.createCustomer({ name: 'Lost', number: 'a1-4712' });
      await expect(lost).rejects.toMatchObject({ code: 'outcome_unknown' });
      const found = (await provisioning.customers()).filter((one) => one.number === 'a1-4712');
      expect(found).toHaveLength(1);
    });

    it('changes only what is named', async () => {
      const made = await system.target.createTimesheet(system.desired);
      const changed = await system.target.updateTimesheet(made.externalId, {
        activityId: system.otherActivityId,
        end: '2026-11-02T10:45:00',
      });
      expect(changed).toMatchObject({
        activityId: system.otherActivityId,
        seconds: 6_300,
        begin: made.begin,
      });
      expect(changed.description).toBe(made.description);
      expect(changed.tags).toEqual(made.tags);
    });

    it('deletes once, says "gone" afterwards, and proves it by a look', async () => {
      const { externalId } = await system.target.createTimesheet(system.desired);
      expect(await system.target.deleteTimesheet(externalId)).toBe('deleted');
      expect(await system.target.deleteTimesheet(externalId)).toBe('gone');
      expect(await system.target.readTimesheet(externalId)).toBeNull();
    });

    it('lists by days of the begin, both inclusive', async () => {
      const made = await system.target.createTimesheet(system.desired);
      const days = (fromDay: string, toDay: string) =>
        allPages((cursor) => system.target.listTimesheets({ fromDay, toDay }, cursor));
      expect((await days('2026-11-02', '2026-11-02')).map(({ externalId }) => externalId)).toEqual([
        made.externalId,
      ]);
      expect(await days('2026-11-03', '2026-11-30')).toEqual([]);
      expect(await days('2026-10-01', '2026-11-01')).toEqual([]);
    });

    it('lists what was touched since a moment and nothing older', async () => {
      await system.target.createTimesheet(system.desired);
      const edited = await system.target.createTimesheet({ ...system.desired, userId: system.otherUserId });
      await system.laterBy(30 * MINUTES);
      const modifiedAfter = system.now();
      await system.target.updateTimesheet(edited.externalId, { description: 'Plotter' });
      const rows = await allPages((cursor) => system.target.listTimesheets({ modifiedAfter }, cursor));
      expect(rows.map(({ externalId }) => externalId)).toEqual([edited.externalId]);
    });

    it('makes a tag once, however often it is asked for', async () => {
      await system.target.ensureTag('zammad');
      const made = await system.target.createTimesheet({ ...system.desired, tags: ['zammad'] });
      expect(made.tags).toEqual(['zammad']);
    });

    it('refuses one record with the words of the other side, and stores nothing', async () => {
      const wish = { ...marked(), projectId: system.refusedProjectId };
      await expect(system.target.createTimesheet(wish)).rejects.toMatchObject({
        code: 'record_refused',
        info: { status: 400, quoted: [expect.any(String)] },
      });
      expect(await system.target.findByMarker(MARKER, around())).toEqual([]);
    });

    it('says that it does not know when the answer to a write is lost, and the marker finds the row', async () => {
      system.loseNextAnswer();
      await expect(system.target.createTimesheet(marked())).rejects.toMatchObject({
        code: 'outcome_unknown',
      });
      expect(await system.target.findByMarker(MARKER, around())).toHaveLength(1);
    });

    it('names users, customers, projects and activities', async () => {
      const kinds = new Set((await system.target.catalogue()).map(({ kind }) => kind));
      expect(kinds).toEqual(new Set(['user', 'customer', 'project', 'activity']));
    });

    it('checks the connection, shortly and in full, without an error and without a row', async () => {
      for (const depth of ['brief', 'full'] as const) {
        const { findings } = await system.target.check(depth);
        expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      }
      expect(await allPages((cursor) => system.target.listTimesheets({}, cursor))).toEqual([]);
    });

    it('rejects a token that is not known, and never shows nothing instead', async () => {
      const { stranger, desired } = system;
      const rejected = { code: 'credentials_rejected' };
      await expect(stranger.check('brief')).rejects.toMatchObject(rejected);
      await expect(stranger.listTimesheets({}, null)).rejects.toMatchObject(rejected);
      await expect(stranger.readTimesheet('1')).rejects.toMatchObject(rejected);
      await expect(stranger.findByMarker(MARKER, around())).rejects.toMatchObject(rejected);
      await expect(stranger.createTimesheet(desired)).rejects.toMatchObject(rejected);
    });

    it('rejects reads when nothing answers, and never shows nothing instead', async () => {
      const { externalId } = await system.target.createTimesheet(system.desired);
      system.goDown();
      const unavailable = { code: 'unavailable' };
      await expect(system.target.listTimesheets({}, null)).rejects.toMatchObject(unavailable);
      await expect(system.target.readTimesheet(externalId)).rejects.toMatchObject(unavailable);
      await expect(system.target.findByMarker(MARKER, around())).rejects.toMatchObject(unavailable);
    });
  });
}
