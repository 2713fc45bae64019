import { describe, expect, it } from 'vitest';
import { GERMAN_ALERTS, type AlertKind } from './alerts-de.js';
import { sayAlert, type SayableAlert } from './alerts.js';

const alert = (kind: AlertKind, facts: SayableAlert['facts'], more: Partial<SayableAlert> = {}) => ({
  kind,
  facts,
  url: 'https://tb.example.com/x',
  ...more,
});

describe('messages to people', () => {
  it('say why a system stands still, what happens meanwhile, and where to look', () => {
    const facts = { system: 'Kimai', sinceAt: '2026-11-26T08:00:00.000Z' };
    const stopped = alert('connector_stopped', facts, {
      reason: { code: 'unavailable', facts },
      timeZone: 'Europe/Berlin',
    });
    const german = sayAlert(stopped, 'de');
    expect(german.subject).toBe('Kimai: der Abgleich wartet');
    expect(german.text).toContain('Kimai ist seit');
    expect(german.text).toContain('09:00');
    expect(german.text).toContain('Öffnen: https://tb.example.com/x');
    expect(sayAlert(stopped, 'en').text).toContain('Kimai has not been reachable since');
  });

  it('count cases in the singular and in the plural', () => {
    const waits = (caseCount: number) =>
      alert('approvals_overdue', { caseCount, seconds: 5400, oldestAt: '2026-11-20T08:00:00.000Z' });
    expect(sayAlert(waits(1), 'de').subject).toBe('1 Fall wartet auf eine Entscheidung');
    expect(sayAlert(waits(12), 'de').subject).toBe('12 Fälle warten auf eine Entscheidung');
    expect(sayAlert(waits(1), 'en').subject).toBe('1 case waits for a decision');
    expect(sayAlert(waits(12), 'en').text).toContain('1:30\u00a0h');
  });

  it('say whose turn it is for what waits, where people take turns', () => {
    const facts = { caseCount: 2, seconds: 5400, oldestAt: '2026-11-20T08:00:00.000Z' };
    const told = alert('approvals_overdue', { ...facts, onDuty: ['Jana Weidner', 'Ben Ott'] });
    expect(sayAlert(told, 'de').text).toContain(
      'Für das, was niemandem zugewiesen ist, ist diese Woche zuständig: Jana Weidner, Ben Ott.',
    );
    expect(sayAlert(told, 'en').text).toContain(
      'On duty this week, for what is assigned to nobody: Jana Weidner, Ben Ott.',
    );
    for (const language of ['de', 'en'] as const)
      expect(sayAlert(alert('approvals_overdue', facts), language).text).not.toMatch(/zuständig|on duty/i);
  });

  it('name the months in which the sum does not come out', () => {
    const broken = alert('sum_broken', {
      bridge: 'Zammad → Kimai',
      brokenSeconds: 900,
      months: ['2026-10', '2026-11'],
    });
    expect(sayAlert(broken, 'de').text).toContain('0:15\u00a0h ohne Erklärung. Betroffen: 2026-10, 2026-11.');
  });

  it.each(Object.keys(GERMAN_ALERTS))('%s has no gap in either language when its facts are there', (kind) => {
    const facts = {
      system: 'Kimai',
      sinceAt: '2026-11-26T08:00:00.000Z',
      bridge: 'B',
      brokenSeconds: 60,
      months: ['2026-11'],
      caseCount: 2,
      seconds: 60,
      oldestAt: '2026-11-26T08:00:00.000Z',
      by: 'Anna',
    };
    for (const language of ['de', 'en'] as const) {
      const { subject, text } = sayAlert({ ...alert('alert_test', facts), kind: kindOf(kind) }, language);
      expect(`${subject}\n${text}`).not.toMatch(/–|undefined|NaN/);
    }
  });
});

function kindOf(name: string): AlertKind {
  if (!(name in GERMAN_ALERTS)) throw new Error(`no alert ${name}`);
  const found = (
    [
      'connector_stopped',
      'connector_resumed',
      'run_warning',
      'sum_broken',
      'approvals_overdue',
      'alert_test',
    ] as const
  ).find((kind) => kind === name);
  if (!found) throw new Error(`add ${name} to this test`);
  return found;
}
