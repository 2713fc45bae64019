import { describe, expect, it } from 'vitest';
import type { Timesheet } from './timesheet.js';
import { planUndo, type UndoCase } from './undo.js';

const ROW: Timesheet = {
  externalId: '7',
  userId: '2',
  projectId: '3',
  activityId: '4',
  begin: '2026-03-02T08:00:00Z',
  end: '2026-03-02T08:30:00Z',
  seconds: 1800,
  day: '2026-03-02',
  description: 'Drucker [tb-demo-9]',
  tags: [],
  exported: false,
  billable: true,
  rate: null,
  readAt: '2026-03-02T09:00:00Z',
  deletedAt: null,
  unreadable: null,
};
const LONGER = { ...ROW, end: '2026-03-02T08:50:00Z', seconds: 3000 };
const LINK = {
  sourceBase: { seconds: 1800, activityTypeId: null, ticketId: '1', organizationId: null },
  members: [],
  rows: [],
  roundingSeconds: 0,
  acceptedSeconds: 0,
  closed: false,
};

const undo = (about: Partial<UndoCase>, now: Timesheet | null = null) =>
  planUndo({
    leadId: '1',
    writes: [{ before: null, after: ROW }],
    linkBefore: null,
    changedLater: false,
    rows: new Map(now === null ? [] : [[now.externalId, now]]),
    closedUntil: null,
    zone: 'Europe/Berlin',
    ...about,
  });
const edited = { writes: [{ before: ROW, after: LONGER }], linkBefore: LINK };
const deleted = { writes: [{ before: ROW, after: null }], linkBefore: LINK };

describe('taking a write back', () => {
  it.each([
    ['deletes a row that was created', undo({}, ROW), 'delete', []],
    ['restores what was there before a change', undo(edited, LONGER), 'restore', ['time']],
    ['writes a deleted row anew', undo(deleted), 'recreate', []],
    ['unlinks a row that was only linked', undo({ writes: [] }), 'unlink', []],
    ['moves the bases back when nothing was written', undo({ writes: [], linkBefore: LINK }), 'reopen', []],
    [
      'has nothing to write when a created row is gone already',
      undo({}, { ...ROW, deletedAt: ROW.readAt }),
      'unlink',
      [],
    ],
    [
      'restores words that still are ours beside a time that people changed',
      undo(
        { ...edited, writes: [{ before: { ...ROW, description: 'old' }, after: LONGER }] },
        { ...LONGER, seconds: 60, end: ROW.end },
      ),
      'restore',
      ['description'],
    ],
  ])('%s', (_name, plan, action, fields) => {
    expect([plan.action, plan.fields]).toEqual([action, fields]);
  });

  it.each([
    ['was exported', undo({}, { ...ROW, exported: true }), 'row_exported'],
    ['lies on a closed day', undo({ closedUntil: '2026-03-31' }, ROW), 'day_closed'],
    ['was changed by people since', undo({}, { ...ROW, description: 'mine' }), 'undo_changed_since'],
    ['was written once more later', undo({ changedLater: true }, ROW), 'undo_changed_later'],
    ['is gone though only changed', undo(edited, { ...LONGER, deletedAt: ROW.readAt }), 'undo_row_gone'],
    [
      'was deleted on a day that is closed now',
      undo({ ...deleted, closedUntil: '2026-03-31' }),
      'day_closed',
    ],
  ])('leaves a row that %s', (_name, plan, code) => {
    expect([plan.action, plan.steps, plan.left.map((why) => why.code)]).toEqual(['nothing', [], [code]]);
  });

  it('sends only what is taken back', () => {
    const [step] = undo(edited, LONGER).steps;
    expect(step).toMatchObject({ kind: 'update', changes: { end: '2026-03-02T09:30:00' } });
  });

  it('takes several writes to one row back as one', () => {
    const writes = [
      { before: null, after: ROW },
      { before: ROW, after: LONGER },
    ];
    expect(undo({ writes }, LONGER).steps).toMatchObject([{ kind: 'delete', row: LONGER }]);
  });

  it('touches no row of a lead when one of them must stay', () => {
    const other = { ...ROW, externalId: '8', exported: true };
    const writes = [
      { before: null, after: ROW },
      { before: null, after: other },
    ];
    const plan = undo({
      writes,
      rows: new Map([
        [ROW.externalId, ROW],
        [other.externalId, other],
      ]),
    });
    expect([plan.steps, plan.left.map(({ code }) => code)]).toEqual([[], ['row_exported']]);
  });

  it.each<[string, Partial<Timesheet>, readonly string[], object]>([
    ['the project', { projectId: '30' }, ['project'], { projectId: '3' }],
    ['the activity', { activityId: '40' }, ['activity'], { activityId: '4' }],
    ['the person', { userId: '20' }, ['person'], { userId: '2' }],
    [
      'the words',
      { description: 'Neu [tb-demo-9]' },
      ['description'],
      { description: 'Drucker [tb-demo-9]' },
    ],
    [
      'begin and end of another day',
      { day: '2026-03-03', begin: '2026-03-03T08:00:00Z', end: '2026-03-03T08:30:00Z' },
      ['time'],
      { begin: '2026-03-02T09:00:00', end: '2026-03-02T09:30:00' },
    ],
    [
      'several at once',
      { activityId: '40', projectId: '30' },
      ['project', 'activity'],
      { activityId: '4', projectId: '3' },
    ],
  ])('gives back %s, and sends nothing else', (_name, written, fields, changes) => {
    const after = { ...ROW, ...written };
    const plan = undo({ writes: [{ before: ROW, after }], linkBefore: LINK }, after);
    expect(plan).toMatchObject({ action: 'restore', fields, left: [] });
    expect(plan.steps).toMatchObject([{ kind: 'update', row: after, changes }]);
    expect(plan.steps.map((step) => step.kind === 'update' && step.changes)).toEqual([changes]);
  });

  it('writes a deleted row anew as it was, with its marker', () => {
    const [step] = undo(deleted).steps;
    expect(step).toEqual({
      kind: 'create',
      replaces: '7',
      marker: '[tb-demo-9]',
      desired: {
        userId: '2',
        projectId: '3',
        activityId: '4',
        day: '2026-03-02',
        begin: '2026-03-02T09:00:00',
        end: '2026-03-02T09:30:00',
        beginAt: '2026-03-02T08:00:00Z',
        endAt: '2026-03-02T08:30:00Z',
        seconds: 1800,
        description: 'Drucker [tb-demo-9]',
        tags: [],
        billable: true,
      },
    });
    const bare = { ...ROW, description: null };
    expect(undo({ ...deleted, writes: [{ before: bare, after: null }] }).steps).toMatchObject([
      { marker: null, desired: { description: '' } },
    ]);
  });

  it('takes a change and the deletion that followed back to what was there first', () => {
    const writes = [
      { before: ROW, after: LONGER },
      { before: LONGER, after: null },
    ];
    expect(undo({ writes, linkBefore: LINK }).steps).toMatchObject([
      { kind: 'create', desired: { seconds: 1800 } },
    ]);
  });

  it('has nothing to write for a row that was created and deleted again', () => {
    const writes = [
      { before: null, after: ROW },
      { before: ROW, after: null },
    ];
    expect(undo({ writes })).toEqual({ action: 'unlink', steps: [], fields: [], left: [] });
    expect(undo({ writes, linkBefore: LINK }).action).toBe('reopen');
  });

  it('writes nothing where people brought back what was there before', () => {
    expect(undo(edited, ROW)).toEqual({ action: 'reopen', steps: [], fields: [], left: [] });
  });

  it('names what is left because people changed it, beside what is taken back and alone', () => {
    const words = { ...LONGER, description: 'Maus [tb-demo-9]' };
    const about = { writes: [{ before: ROW, after: words }], linkBefore: LINK };
    const left = [{ code: 'undo_changed_since', facts: { timesheetId: '7', fields: ['description'] } }];
    const rewritten = { ...words, description: 'Von Hand' };
    expect(undo(about, rewritten)).toMatchObject({ action: 'restore', fields: ['time'], left });
    const onlyWords = { ...ROW, description: 'Maus [tb-demo-9]' };
    const alone = { writes: [{ before: ROW, after: onlyWords }], linkBefore: LINK };
    expect(undo(alone, { ...ROW, description: 'Von Hand' })).toEqual({
      action: 'nothing',
      steps: [],
      fields: [],
      left,
    });
    expect(undo({}, { ...ROW, projectId: '30', userId: '20' }).left).toEqual([
      { code: 'undo_changed_since', facts: { timesheetId: '7', fields: ['project', 'person'] } },
    ]);
  });

  it('takes the same instant written otherwise, and empty words, for no change', () => {
    const same = { ...ROW, begin: '2026-03-02T08:00:00.000Z', end: '2026-03-02T08:30:00.000Z' };
    expect(undo({}, same).action).toBe('delete');
    const empty = { ...ROW, description: null };
    expect(undo({ writes: [{ before: null, after: empty }] }, { ...ROW, description: '' }).action).toBe(
      'delete',
    );
  });

  it('brings back no running timer, and moves nothing onto a closed day', () => {
    const running = { ...ROW, end: null };
    const stopped = [{ code: 'row_running', facts: { timesheetId: '7' } }];
    expect(undo({ ...deleted, writes: [{ before: running, after: null }] })).toMatchObject({
      action: 'nothing',
      left: stopped,
    });
    expect(undo({ writes: [{ before: running, after: ROW }], linkBefore: LINK }, ROW)).toMatchObject({
      action: 'nothing',
      left: stopped,
    });
    const moved = { ...ROW, day: '2026-04-02', begin: '2026-04-02T07:00:00Z', end: '2026-04-02T07:30:00Z' };
    const back = { writes: [{ before: ROW, after: moved }], linkBefore: LINK, closedUntil: '2026-03-31' };
    expect(undo(back, moved).left).toEqual([
      { code: 'day_closed', facts: { rowDay: '2026-03-02', closedUntilDay: '2026-03-31' } },
    ]);
  });

  it('takes a row that was not read again for what Kimai returned', () => {
    expect(undo({}).steps).toMatchObject([{ kind: 'delete', row: ROW }]);
  });

  it('says which row is gone or changed later', () => {
    expect(undo(edited, { ...LONGER, deletedAt: ROW.readAt }).left).toEqual([
      { code: 'undo_row_gone', facts: { timesheetId: '7' } },
    ]);
    expect(undo({ changedLater: true }, ROW).left).toEqual([{ code: 'undo_changed_later', facts: {} }]);
  });
});
