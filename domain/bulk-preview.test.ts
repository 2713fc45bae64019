import { describe, expect, it } from 'vitest';
import { asks, bridge, entry, input, link, marked, row } from './books.test-support.js';
import { previewBulk, type BulkCase, type BulkPreview } from './bulk-preview.js';
import type { Choice } from './conflict.js';
import { reconcile } from './reconcile.js';
import type { ReconcileInput } from './reconcile-input.js';
import { agreed, exported, lead, linked } from './usual-case.test-support.js';

const earlier = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
const earlierRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
const moved = [1, 2].map((id) => entry(id, { organizationId: '8' }));
const movedRows = [linked, marked(6, 1002)];

const missing = input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) });
const changed = input({ entries: [lead], links: agreed, rows: [marked(5, 1001, { seconds: 3600 })] });
const changedAndExported = {
  ...changed,
  rows: [marked(5, 1001, { seconds: 3600, exported: true })],
};
const less = input({
  entries: [{ ...lead, seconds: 900 }, earlier],
  links: [...agreed, link(earlier, [earlierRow])],
  rows: [exported, earlierRow],
});
const gone = input({
  entries: [{ ...lead, deletedAt: '2026-11-21T00:00:00Z' }],
  links: agreed,
  rows: [linked],
});
const onePerson = input({ entries: [lead], rows: [row(5)], bridge: bridge({ exactMatches: 'ask' }) });
const movedTicket = input({
  entries: moved,
  links: [1, 2].map((id, index) => link(entry(id), movedRows.slice(index, index + 1))),
  rows: movedRows,
});

const caseOf = (id: string, given: ReconcileInput, rest: Partial<BulkCase> = {}): BulkCase => {
  const [asked] = asks(reconcile(given));
  if (!asked) throw new Error('nothing is asked');
  const known = { open: true, version: 'v1', seenVersion: 'v1', secondPersonFrom: null };
  return { conflictId: id, ...known, facts: asked.facts, ...rest };
};
const nothing: BulkPreview = { creates: 0, updates: 0, deletes: 0, writesNothing: 0, blocked: [], stale: [] };

describe('I24 one choice for many cases, counted by what it writes to Kimai', () => {
  it.each<[string, ReconcileInput, Choice, Partial<BulkPreview>]>([
    ['a new row', missing, 'create', { creates: 1 }],
    ['a skip', missing, 'skip', { writesNothing: 1 }],
    ['a change', changed, 'take_source', { updates: 1 }],
    ['keeping Kimai', changed, 'keep_target', { writesNothing: 1 }],
    ['a deletion', gone, 'delete_target', { deletes: 1 }],
    ['one kept, the others deleted', onePerson, 'keep_one', { deletes: 1 }],
    ['a deduction from another row', less, 'deduct', { updates: 1 }],
    ['a whole ticket', movedTicket, 'take_source', { updates: 1 }],
  ])('%s', (_name, given, choice, expected) => {
    expect(previewBulk(choice, [caseOf('1', given)])).toEqual({ ...nothing, ...expected });
  });

  it('adds up, and names what cannot be chosen, with the reason', () => {
    const cases = [caseOf('1', changed), caseOf('2', changedAndExported), caseOf('3', changed)];
    expect(previewBulk('take_source', cases)).toEqual({
      ...nothing,
      updates: 2,
      blocked: [{ conflictId: '2', reason: { code: 'row_exported', facts: { timesheetId: '5' } } }],
    });
    expect(
      previewBulk('drop', cases).blocked.map(({ conflictId, reason }) => [conflictId, reason.code]),
    ).toEqual([
      ['1', 'choice_not_offered'],
      ['2', 'choice_not_offered'],
      ['3', 'choice_not_offered'],
    ]);
  });

  it('leaves out what changed or was decided since the person looked', () => {
    const cases = [
      caseOf('1', missing, { version: 'v2' }),
      caseOf('2', missing, { open: false }),
      caseOf('3', missing),
    ];
    expect(previewBulk('create', cases)).toEqual({ ...nothing, creates: 1, stale: ['1', '2'] });
  });
});
