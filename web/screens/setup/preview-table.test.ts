import { describe, expect, it } from 'vitest';
import { columnSum, previewRows } from './preview-table';

const line = (
  month: string,
  customerKey: string,
  kind: 'create' | 'adopt' | 'ask' | 'in_sync',
  seconds: number,
) => ({
  ...{ month, customerKey, customerName: customerKey, kind, count: 1, seconds },
});

describe('what a first run would do, as a table', () => {
  const rows = previewRows({
    lines: [
      line('2026-11', 'a', 'create', 3600),
      line('2026-11', 'a', 'ask', 900),
      line('2026-11', 'b', 'adopt', 1800),
      line('2026-10', 'a', 'create', 60),
      line('2026-10', 'b', 'in_sync', 7200),
    ],
  });

  it('has a row for each month and customer with something to do', () => {
    expect(rows.map(({ month, customerKey }) => [month, customerKey])).toEqual([
      ['2026-11', 'a'],
      ['2026-11', 'b'],
      ['2026-10', 'a'],
    ]);
    expect(rows[0]?.cells).toMatchObject({ create: { count: 1, seconds: 3600 }, ask: { seconds: 900 } });
  });

  it('sums up by what happens', () => {
    expect(columnSum(rows, 'create')).toEqual({ count: 2, seconds: 3660 });
    expect(columnSum(rows, 'link')).toEqual({ count: 1, seconds: 1800 });
    expect(columnSum(rows, 'skip')).toEqual({ count: 0, seconds: 0 });
  });
});
