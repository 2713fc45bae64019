import { describe, expect, it } from 'vitest';
import { entry } from './books.test-support.js';
import { MAX_DESCRIPTION_BYTES, mergeDescription, ownLine, renderTemplate } from './description.js';
import { carriesMarker, findMarkers, formatMarker, hasForeignMarker } from './marker.js';
import { namesTicket } from './match-score.js';
import { presentTimeEntry } from './present-time-entry.js';

describe('markers', () => {
  it('are compared exactly: a longer id is another entry', () => {
    const marker = formatMarker({ code: 'x1', sourceId: '4711', sequence: 1 });
    expect(carriesMarker('#5 Drucker [tb-x1-4711]', marker)).toBe(true);
    expect(carriesMarker('#5 Drucker [tb-x1-47111]', marker)).toBe(false);
    expect(carriesMarker('#5 Drucker [tb-x1-4711-2]', marker)).toBe(false);
  });

  it('number correction rows from 2, and are found anywhere in a text', () => {
    expect(formatMarker({ code: 'x1', sourceId: '4711', sequence: 3 })).toBe('[tb-x1-4711-3]');
    expect(findMarkers('a [tb-x1-4711-3]\nb [tb-y2-5]')).toEqual([
      { code: 'x1', sourceId: '4711', sequence: 3 },
      { code: 'y2', sourceId: '5', sequence: 1 },
    ]);
    expect(hasForeignMarker('[tb-y2-5]', { code: 'x1', sourceId: '5' })).toBe(true);
  });
});

describe('I38 descriptions', () => {
  it('fill the template on one line, and let no title forge a marker', () => {
    const one = entry(1, { ticketTitle: 'A\nB [tb-x1-9]' });
    expect(renderTemplate('#{ticket.number} {ticket.title} {nope}', one)).toBe('#50012 A B (tb-x1-9] {nope}');
  });

  it('keep what people added in Kimai, before and after our line', () => {
    const current = 'vorher\n#1 alt [tb-x1-1]\nnachher';
    const ours = { text: '#2 neu', fallback: '#2 neu', marker: '[tb-x1-1]' };
    expect(mergeDescription(current, ours)).toBe('vorher\n#2 neu [tb-x1-1]\nnachher');
    expect(mergeDescription(current, { ...ours, text: null })).toBe(current);
    expect(mergeDescription('#1 alt [tb-x1-1] plus Anfahrt', ours)).toBe('#2 neu [tb-x1-1] plus Anfahrt');
    expect(mergeDescription('nur Worte', ours)).toBe('#2 neu [tb-x1-1]\nnur Worte');
  });

  it('never exceed what Kimai can hold, and never lose the marker', () => {
    const line = ownLine('ä'.repeat(40_000), '[tb-x1-1]');
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(MAX_DESCRIPTION_BYTES);
    expect(line.endsWith(' [tb-x1-1]')).toBe(true);
  });
});

describe('ticket numbers', () => {
  it.each([
    ['#50012 Drucker', true],
    ['Drucker (50012)', true],
    ['50012', true],
    ['Ticket-91234 und 150012', false],
    ['500123', false],
    ['A50012', false],
    [null, false],
  ])('in %s: %s', (text, expected) => {
    expect(namesTicket(text, '50012')).toBe(expected);
  });
});

it('shows the unified entry in snake case with minutes, half minutes included', () => {
  expect(presentTimeEntry(entry(1, { seconds: 450 }), 'zammad')).toMatchObject({
    source: 'zammad',
    source_id: '1001',
    ticket_id: 50,
    time_minutes: 7.5,
    activity_type_id: 3,
    entry_date: '2026-11-20',
  });
});
