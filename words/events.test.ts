import { describe, expect, it } from 'vitest';
import { GERMAN_EVENTS } from './events-de.js';
import { sayEvent } from './events.js';
import { LANGUAGES } from './format.js';

const anna = { kind: 'person', name: 'Anna Vogt' };
const nobody = { kind: 'system', name: null };

describe('what happened', () => {
  it.each(LANGUAGES)('has a sentence in %s for every event, even when a fact is missing', (language) => {
    for (const code of Object.keys(GERMAN_EVENTS)) {
      const text = sayEvent({ code, facts: {}, actor: nobody }, language);
      expect(text).toMatch(/^\S.*[.“\"]$/s);
      expect(text).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('tells who booked how much', () => {
    const event = { code: 'entry.booked', facts: { newSeconds: 5400, activity: 'Support' }, actor: anna };
    expect(sayEvent(event, 'de')).toBe('Anna Vogt hat 1:30\u00a0h erfasst (Support).');
  });

  it('says what was written as a sentence, and what was not', () => {
    const facts = { operation: 'update', timesheetId: '214', oldSeconds: 1800, newSeconds: 2700 };
    const said = (code: string, language: 'de' | 'en') => sayEvent({ code, facts, actor: nobody }, language);
    expect(said('write.done', 'de')).toBe(
      'Zeiteintrag 214 wurde in Kimai von 0:30\u00a0h auf 0:45\u00a0h geändert.',
    );
    expect(said('write.dropped', 'en')).toBe(
      'Time entry 214 was not changed in Kimai from 0:30\u00a0h to 0:45\u00a0h; the facts had changed before.',
    );
  });

  it('quotes what Kimai said', () => {
    const facts = {
      operation: 'create',
      rowDay: '2026-11-20',
      newSeconds: 1800,
      quoted: ['Budget used up.'],
    };
    expect(sayEvent({ code: 'write.refused', facts, actor: nobody }, 'en')).toContain('Budget used up.');
  });

  it('names a decision by its label, and its end by the choice in the code', () => {
    const decided = { code: 'decision.recorded', facts: { choice: 'link' }, actor: anna };
    expect(sayEvent(decided, 'de')).toBe('Anna Vogt hat entschieden: Verknüpfen.');
    expect(sayEvent({ code: 'decision.keep_target', facts: {}, actor: anna }, 'en')).toBe(
      'The decision was carried out: Keep Kimai.',
    );
  });

  it('does not hide an event that it does not know', () => {
    expect(sayEvent({ code: 'entry.teleported', facts: {}, actor: nobody }, 'de')).toBe(
      'Ereignis: entry.teleported.',
    );
  });
});
