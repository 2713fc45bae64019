import { describe, expect, it } from 'vitest';
import { entry } from './books.test-support.js';
import { compareIds } from './booking-order.js';
import { canonicalText, type Canonical } from './canonical.js';
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

  it('stay as they are to the last blank line where our line says all that already', () => {
    const current = '\nvorher\n\n#2 neu [tb-x1-1] plus Anfahrt\n';
    const ours = { text: '#2 neu', fallback: '#2 neu', marker: '[tb-x1-1]' };
    expect(mergeDescription(current, ours)).toBe(current);
    expect(mergeDescription('#2 neu [tb-x1-1]\n\nnachher', ours)).toBe('#2 neu [tb-x1-1]\n\nnachher');
  });

  it.each([
    ['ticket and type', '{ticket.number}/{type}', '50012/Support'],
    ['person and organization', '{person} für {organization}', 'Anna Vogt für Acme'],
    ['nothing where nothing is known', '{ticket.title} {nope}', 'Drucker druckt nicht {nope}'],
    ['blanks of any kind as one', '  a\t{type}\n b  ', 'a Support b'],
  ])('name %s', (_name, template, expected) => {
    expect(renderTemplate(template, entry(1))).toBe(expected);
  });

  it('leave out what an entry does not have', () => {
    const bare = entry(1, { activityTypeName: null, organizationName: null });
    expect(renderTemplate('[{type}] {organization}', bare)).toBe('[]');
  });

  it('let no part of a title forge a marker, however many', () => {
    const one = entry(1, { ticketTitle: '[tb-x1-9] [tb-x1-8]' });
    expect(renderTemplate('{ticket.title}', one)).toBe('(tb-x1-9] (tb-x1-8]');
  });

  it('stay as they are without markers, and are written only where nothing is', () => {
    const ours = { text: '#2 neu', fallback: '#2', marker: null };
    expect(mergeDescription('von Hand', ours)).toBe('von Hand');
    expect(mergeDescription(null, ours)).toBe('#2 neu');
    expect(mergeDescription(null, { ...ours, text: null })).toBe('#2');
  });

  it('get the marker back without repeating our line, and without blank lines around', () => {
    const ours = { text: null, fallback: '#2 neu', marker: '[tb-x1-1]' };
    expect(mergeDescription('#2 neu', ours)).toBe('#2 neu [tb-x1-1]');
    expect(mergeDescription('#2 neu\n\nAnfahrt', ours)).toBe('#2 neu [tb-x1-1]\nAnfahrt');
    expect(mergeDescription(null, ours)).toBe('#2 neu [tb-x1-1]');
    expect(mergeDescription('', ours)).toBe('#2 neu [tb-x1-1]');
  });

  it('exchange our line where it stands, first or last', () => {
    const ours = { text: '#2 neu', fallback: '#2 neu', marker: '[tb-x1-1]' };
    expect(mergeDescription('#1 alt [tb-x1-1]\nnachher', ours)).toBe('#2 neu [tb-x1-1]\nnachher');
    expect(mergeDescription('vorher\n#1 alt [tb-x1-1]', ours)).toBe('vorher\n#2 neu [tb-x1-1]');
    expect(mergeDescription('a\nb\n#1 [tb-x1-1]\nc\nd', ours)).toBe('a\nb\n#2 neu [tb-x1-1]\nc\nd');
  });

  it('lose words of ours before they lose a word of people or the marker', () => {
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const people = 'ü'.repeat(32_700);
    const ours = { text: 'x'.repeat(500), fallback: 'x', marker: '[tb-x1-1]' };
    const merged = mergeDescription(`#1 [tb-x1-1]\n${people}`, ours);
    expect(bytes(merged)).toBe(MAX_DESCRIPTION_BYTES);
    expect(merged.startsWith('xxx')).toBe(true);
    expect(merged).toContain('x [tb-x1-1]\n');
    expect(merged.endsWith(people)).toBe(true);
    const tail = mergeDescription(`#1 [tb-x1-1] ${people}`, ours);
    expect(bytes(tail)).toBe(MAX_DESCRIPTION_BYTES);
    expect(tail.endsWith(`x [tb-x1-1] ${people}`)).toBe(true);
    const brimful = mergeDescription('ü'.repeat(32_767), { ...ours, text: null });
    expect(brimful.startsWith('[tb-x1-1]\n')).toBe(true);
    expect(bytes(brimful)).toBeLessThanOrEqual(MAX_DESCRIPTION_BYTES);
  });

  it('are cut between letters, never within one', () => {
    expect(ownLine('aää', null, 4)).toBe('aä');
    expect(ownLine('aää', null, 5)).toBe('aää');
    expect(ownLine('abc', '[m]', 7)).toBe('abc [m]');
    expect(ownLine('abc', '[m]', 6)).toBe('ab [m]');
    expect(ownLine('a b', '[m]', 6)).toBe('a [m]');
    expect(ownLine('abc', '[m]', 4)).toBe('[m]');
    expect(ownLine('', '[m]')).toBe('[m]');
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
    ['', false],
    ['Ticket_50012', false],
    ['50012-3', false],
    ['a#50012', false],
    ['##50012', true],
    ['150012, 50012', true],
    ['x50012 #500123 50012.', true],
    ['ü50012', false],
    [null, false],
  ])('in %s: %s', (text, expected) => {
    expect(namesTicket(text, '50012')).toBe(expected);
  });
});

describe('ids of other systems', () => {
  it.each([
    ['9', '10', -1],
    ['10', '9', 1],
    ['10', '10', 0],
    ['100', '99', 1],
    ['12', '13', -1],
    ['b', 'a', 1],
    ['a10', 'a9', -1],
    ['10', 'a', -1],
    ['a', '10', 1],
  ])('%s beside %s: %d', (a, b, expected) => {
    expect(Math.sign(compareIds(a, b))).toBe(expected);
  });
});

describe('one text per value', () => {
  it.each<[string, Canonical, string]>([
    ['keys in any order', { b: 1, a: [2, { d: null, c: 'x' }] }, '{"a":[2,{"c":"x","d":null}],"b":1}'],
    ['nothing', null, 'null'],
    ['an empty list', [], '[]'],
    ['a truth', true, 'true'],
  ])('%s', (_name, value, expected) => {
    expect(canonicalText(value)).toBe(expected);
  });
});

it('shows ids as Zammad does, as numbers where they are some, and nothing where nothing is', () => {
  const shown = (rest: Parameters<typeof entry>[1]) => presentTimeEntry(entry(1, rest), 'zammad');
  expect(
    shown({ seconds: null, activityTypeId: null, activityTypeName: null, userEmail: null }),
  ).toMatchObject({
    time_minutes: null,
    activity_type_id: null,
    activity_name: null,
    user_email: null,
  });
  expect([shown({ ticketId: '007' }).ticket_id, shown({ ticketId: 'x7' }).ticket_id]).toEqual(['007', 'x7']);
  expect([shown({ ticketId: '7x' }).ticket_id, shown({ ticketId: '0' }).ticket_id]).toEqual(['7x', '0']);
  expect(shown({ ticketId: '1234567890123456' }).ticket_id).toBe('1234567890123456');
  expect(shown({ ticketId: '123456789012345' }).ticket_id).toBe(123_456_789_012_345);
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
