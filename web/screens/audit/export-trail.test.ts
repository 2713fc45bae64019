import { describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../../dev/fake-client';
import { readTrail, trailAsCsv, trailAsJson, type AuditItem } from './export-trail';

const item: AuditItem = {
  id: '9',
  at: '2026-11-23T10:00:00Z',
  bridgeId: 'main',
  runId: null,
  actor: { kind: 'person', id: 'u1', name: '=HYPERLINK("http://x")' },
  action: 'bridge.changed',
  subjectKind: 'bridge',
  subjectId: 'main',
  subjectName: 'Weidner IT',
  details: { before: ['shadow'], after: ['live'], note: 'Lief; wie "geplant"' },
  sequence: '7',
};

describe('the trail as a file', () => {
  it('has a line each, what was before and after, and nothing that a spreadsheet would run', () => {
    const [head, line, end] = trailAsCsv([item], ';').split('\r\n');
    expect(head).toBe(
      '\ufeffsequence;at;actorKind;actorName;actorId;action;subjectKind;subjectId;subjectName;bridgeId;runId;before;after;details',
    );
    expect(line).toBe(
      [
        ...['"7"', '"2026-11-23T10:00:00Z"', '"person"', `"'=HYPERLINK(""http://x"")"`, '"u1"'],
        ...['"bridge.changed"', '"bridge"', '"main"', '"Weidner IT"', '"main"', '""'],
        ...['"[""shadow""]"', '"[""live""]"', '"{""note"":""Lief; wie \\""geplant\\""""}"'],
      ].join(';'),
    );
    expect(end).toBe('');
  });

  it('is read to its last page, and JSON keeps it as it is', async () => {
    const client = createFakeClient();
    const pages = [
      { items: [item], next: '9' },
      { items: [{ ...item, id: '8' }], next: null },
    ];
    const call = vi.spyOn(client, 'call').mockImplementation(() => Promise.resolve(pages.shift()));
    const counts: number[] = [];
    const items = await readTrail(client, { action: 'bridge.changed' }, (count) => counts.push(count));
    expect(items.map(({ id }) => id)).toEqual(['9', '8']);
    expect(counts).toEqual([1, 2]);
    expect(call.mock.calls.map(([, input]) => input)).toEqual([
      { query: { action: 'bridge.changed', limit: 200, before: undefined } },
      { query: { action: 'bridge.changed', limit: 200, before: '9' } },
    ]);
    expect(JSON.parse(trailAsJson(items))).toEqual(items);
  });
});
