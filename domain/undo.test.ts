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
});
