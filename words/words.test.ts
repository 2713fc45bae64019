import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { CHOICES, CONFLICT_KINDS } from '../domain/conflict.js';
import { REACTIONS } from '../domain/errors.js';
import { choiceLabel } from './choices.js';
import {
  LANGUAGES,
  formatDateTime,
  formatDay,
  formatDifference,
  formatDuration,
  formatMonth,
  formatShortDay,
  formatTime,
  formatWeekday,
} from './format.js';
import { ifNobodyActs, kindGroup, kindName } from './kinds.js';
import { hasSentence, say } from './say.js';

/** All reason codes that the domain's own files name. */
function codesInDomain(): readonly string[] {
  const folder = new URL('../domain/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.includes('test'))
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/reason\(\s*'([a-z_]+)'/g)])
    .flatMap(([, code]) => (code === undefined ? [] : [code]));
}

describe('every thing that Timebridge can say', () => {
  it.each(LANGUAGES)('names each kind and labels each choice in %s', (language) => {
    for (const kind of CONFLICT_KINDS) {
      for (const text of [
        kindName(kind, language),
        kindGroup(kind, language),
        ifNobodyActs(kind, language),
      ]) {
        expect(text).not.toBe('');
      }
    }
    expect(new Set(CHOICES.map((choice) => choiceLabel(choice, language))).size).toBe(CHOICES.length);
  });

  it('has a sentence for every reason the domain gives, and for every error of a connector', () => {
    const codes = codesInDomain();
    expect(codes.length).toBeGreaterThan(50);
    expect([...codes, ...Object.keys(REACTIONS)].filter((code) => !hasSentence(code))).toEqual([]);
  });

  it('names an unknown code instead of failing', () => {
    expect(say({ code: 'from_tomorrow', facts: {} }, 'de')).toBe('Unbekannter Grund: from_tomorrow.');
    expect(say({ code: 'toString', facts: {} }, 'en')).toBe('Unknown reason: toString.');
  });

  it('says a dash where a fact is missing', () => {
    expect(say({ code: 'source_deleted', facts: {} }, 'en')).toContain('time entry of – is');
  });
});

describe('the texts that were agreed', () => {
  const changed = {
    code: 'target_changed',
    facts: { fields: ['seconds'], baseSeconds: 5400, targetSeconds: 7200, sourceSeconds: 5400 },
  };
  it('says what changed in Kimai', () => {
    expect(say(changed, 'de')).toBe(
      'In Kimai wurde die Dauer nach dem Abgleich von 1:30\u00a0h auf 2:00\u00a0h geändert. In Zammad sind weiterhin 1:30\u00a0h erfasst.',
    );
    expect(say(changed, 'en')).toBe(
      'After the last sync, the duration was changed in Kimai from 1:30\u00a0h to 2:00\u00a0h. Zammad still has 1:30\u00a0h.',
    );
  });

  it('says how much waits behind a gap, one entry and several', () => {
    const gap = {
      code: 'unmapped_activity',
      facts: { name: 'Fernwartung', entryCount: 14, sourceSeconds: 35_100 },
    };
    expect(say(gap, 'de')).toBe(
      'Der Aktivitäts-Typ „Fernwartung“ ist noch keiner Tätigkeit in Kimai zugeordnet. 14 Einträge mit zusammen 9:45\u00a0h warten darauf.',
    );
    expect(say({ ...gap, facts: { ...gap.facts, entryCount: 1 } }, 'en')).toContain(
      '1 entry with 9:45\u00a0h in total is waiting',
    );
  });

  it('says the signed difference of an exported entry, and only the way out that its sign allows', () => {
    const locked = { code: 'locked_row_exported', facts: { differenceSeconds: 3600 } };
    expect(say(locked, 'de')).toBe(
      'Der Zeiteintrag ist bereits exportiert und wird nicht mehr geändert. Die Differenz von +1:00\u00a0h können Sie als Korrektur im offenen Zeitraum buchen.',
    );
    expect(say({ ...locked, facts: { differenceSeconds: -900 } }, 'en')).toContain(
      'deduct the difference of −0:15\u00a0h',
    );
  });

  it('says why an exported entry is asked about although its duration stays', () => {
    const facts = { ticketNumber: '50012', leadCount: 3 };
    expect(say({ code: 'ticket_moved_locked', facts }, 'de')).toBe(
      'Ticket #50012 gehört in Zammad jetzt zu einem anderen Kunden. 3 seiner Zeiteinträge sind in Kimai exportiert oder gesperrt: Sie bleiben beim bisherigen.',
    );
    const alone = { ticketNumber: '50012', targetSeconds: 1800, entryDay: '2026-11-23' };
    expect(say({ code: 'ticket_moved_locked', facts: alone }, 'en')).toBe(
      'In Zammad, ticket #50012 now belongs to another customer. The time entry of 0:30\u00a0h from Nov 23, 2026 is exported or locked in Kimai: it stays with the previous one.',
    );
    const retyped = { code: 'locked_row_exported', facts: { differenceSeconds: 0, fields: ['activityId'] } };
    expect(say(retyped, 'en')).toContain('only the activity type has changed');
  });

  it('asks where a negative duration should go', () => {
    expect(say({ code: 'correction', facts: { sourceSeconds: -1800 } }, 'de')).toMatch(
      /^In Zammad wurden −0:30\u00a0h erfasst/,
    );
  });

  it('quotes the words of Kimai beside its own', () => {
    const quoted = ['You already have an entry for this time.'];
    expect(say({ code: 'overlap', facts: { quoted } }, 'de')).toBe(
      'Kimai hat den Zeiteintrag nicht angenommen: Für diese Person ist zu dieser Zeit bereits Zeit erfasst. Verschieben Sie einen der beiden Zeiteinträge, oder erlauben Sie in Kimai Überschneidungen. Kimai schreibt: „You already have an entry for this time.“',
    );
  });
});

describe('numbers and dates', () => {
  it('writes durations as h:mm with a no-break space, and differences always with their sign', () => {
    expect([0, 1800, 5400, 765_900, 450, -1800].map(formatDuration)).toEqual([
      '0:00\u00a0h',
      '0:30\u00a0h',
      '1:30\u00a0h',
      '212:45\u00a0h',
      '0:07:30\u00a0h',
      '−0:30\u00a0h',
    ]);
    expect([0, 1800, -900].map(formatDifference)).toEqual(['0:00\u00a0h', '+0:30\u00a0h', '−0:15\u00a0h']);
  });

  it('writes days as people of the language do', () => {
    expect([formatDay('2026-11-23', 'de'), formatDay('2026-11-04', 'en')]).toEqual([
      '23.11.2026',
      'Nov 4, 2026',
    ]);
    expect([formatWeekday('2026-11-23', 'de'), formatWeekday('2026-11-24', 'de')]).toEqual([
      'Mo, 23.11.2026',
      'Di, 24.11.2026',
    ]);
    expect([formatShortDay('2026-11-04', 'de'), formatShortDay('2026-11-04', 'en')]).toEqual([
      '04.11.',
      'Nov 4',
    ]);
    expect([formatMonth('2026-03', 'de'), formatMonth('2026-10', 'en')]).toEqual([
      'März 2026',
      'October 2026',
    ]);
  });

  it('writes times in the zone of the bridge, over midnight too', () => {
    expect(formatTime('2026-11-23T08:12:00Z', 'de', 'Europe/Berlin')).toBe('09:12');
    expect(formatTime('2026-11-23T08:12:00Z', 'en', 'Europe/Berlin')).toBe('09:12');
    expect(formatDateTime('2026-11-23T23:30:00Z', 'de', 'Europe/Berlin')).toBe('24.11.2026, 00:30 Uhr');
  });
});
