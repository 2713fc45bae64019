import { describe, expect, it } from 'vitest';
import { newTimesheet } from './rows.js';
import { foldLetters, parseTerm, partFilter } from './search.js';
import { TimesheetTable } from './timesheet-table.js';
import type { KimaiTimesheet } from './world.js';

const TERMS = [
  ...['drucker', 'drucker offline', '!drucker', 'zmd-7', '[zmd-7-', 'dr%er', 'dr_cker !offline', 'MÜLLER'],
  ...['hello:', 'id:1', 'id:* drucker', '\u0301', 'drucker drucker', 'offline]', 'r\n', '%'],
];

/** 700 rows over several blocks, with gaps between ids, empty descriptions and several lines in one. */
function table(): TimesheetTable {
  const texts = [
    'Drucker offline',
    'Müller: Drucker\noffline',
    null,
    'hello: you',
    'drucker drucker [zmd-7-1]',
    '[zmd-70-2]',
  ];
  const rows = Array.from({ length: 700 }, (_, at) =>
    newTimesheet({
      ...{ id: 1 + at * 3, user: 2, project: 1, activity: 1, begin: at, end: at + 60, dateTz: '2026-01-05' },
      description: texts[at % texts.length] ?? null,
      meta: at % 5 === 0 ? { id: '41' } : {},
    }),
  );
  return new TimesheetTable(rows);
}

/** The same, row by row. */
function slowly(rows: readonly KimaiTimesheet[], term: string): readonly number[] {
  const tests = parseTerm(term).map(partFilter);
  const folded = ({ description }: KimaiTimesheet) =>
    description === null ? null : foldLetters(description);
  return rows.filter((row) => tests.every((test) => test(folded(row), row.meta))).map(({ id }) => id);
}

const found = (sheets: TimesheetTable, term: string): readonly number[] =>
  sheets
    .by('id')
    .rows.filter(sheets.termFilter(term))
    .map(({ id }) => id);

describe('searching the descriptions of many timesheets', () => {
  it.each(TERMS)('finds for %j what looking at each row finds', (term) => {
    const sheets = table();
    const wanted = slowly(sheets.by('id').rows, term);
    expect(found(sheets, term)).toEqual(wanted);
    if (term === 'drucker offline') expect(wanted.length).toBeGreaterThan(200);
  });

  it('sees rows that were changed, added and deleted since the last search', () => {
    const sheets = table();
    const before = found(sheets, 'zmd-7-1');
    const [first = 0, second = 0] = before;
    const row = sheets.find(first);
    if (row === undefined) throw new Error('no row');
    sheets.put({ ...row, description: 'something else' });
    sheets.remove([second]);
    sheets.put({ ...row, id: 5_000, description: 'new [zmd-7-1]' });
    expect(found(sheets, 'zmd-7-1')).toEqual([...before.slice(2), 5_000]);
  });
});
