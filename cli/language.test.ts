import { describe, expect, it } from 'vitest';
import type { PreviewSummaryView } from '../api/bridges/preview-shape.contract.js';
import { describeStatus } from './commands/status.js';
import { describeUndo } from './commands/undo.js';
import { describePlan } from './describe-plan.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('what the command line says by itself, in both languages', () => {
  const status: Parameters<typeof describeStatus>[0] = {
    version: '1.0.0',
    temporal: { reachable: false, uiUrl: null },
    connectors: [
      {
        ...{ id: 'zammad', kind: 'zammad', name: 'Helpdesk', health: 'ok', cause: null },
        ...{ since: '2026-11-23T10:00:00Z', nextProbeAt: null },
      },
      {
        ...{ id: 'kimai', kind: 'kimai', name: 'Zeiten', health: 'paused' },
        cause: { code: 'credentials_rejected', facts: { system: 'Kimai' } },
        ...{ since: '2026-11-23T10:00:00Z', nextProbeAt: null },
      },
    ],
    pausedBridges: [{ id: 'main', name: 'Brücke', cause: { code: 'run_undone', facts: {} } }],
    bridges: 1,
    lastRuns: [],
    duty: [],
    counts: { open: 3, snoozed: 1, gaps: 0, openSeconds: 5400, pendingWrites: 2, waitingDeliveries: 0 },
  };

  it('status', () => {
    const german = plain(describeStatus(status, 'http://localhost:8080', 'de'));
    expect(german).toMatch(/^Timebridge +1\.0\.0 unter http:\/\/localhost:8080$/m);
    expect(german).toMatch(/^Temporal +antwortet nicht/m);
    expect(german).toMatch(/^Helpdesk +verbunden$/m);
    expect(german).toMatch(/^Zeiten +pausiert: Kimai /m);
    expect(german).toMatch(/^Brücke +pausiert: Ein Abgleich wurde rückgängig gemacht/m);
    expect(german).toMatch(/^Wartet +3 offen \(1:30 h\), 1 zurückgestellt$/m);
    expect(german).toMatch(/^Unterwegs +2 zu schreiben, 0 Webhook-Aufrufe$/m);
    const english = plain(describeStatus(status, 'http://localhost:8080', 'en'));
    expect(english).toMatch(/^Waiting +3 open \(1:30 h\), 1 snoozed$/m);
    expect(english).toMatch(/^Zeiten +paused: Kimai does not accept the API token/m);
  });

  it('undo', () => {
    const item = { leadId: '1', bridgeId: 'main', ticketNumber: null, fields: [], left: [] };
    const items = [
      { ...item, state: 'pending' as const, action: 'delete' as const },
      { ...item, leadId: '2', state: 'left' as const, action: 'nothing' as const },
    ];
    const undo = { counts: { nothing: 1, delete: 2 }, items };
    expect(describeUndo(undo, true, 'de')).toBe('Das wäre: 2 löschen, 1 bleiben, wie sie sind');
    expect(describeUndo(undo, true, 'en')).toBe('It would be: 2 delete, 1 stay as they are');
    expect(describeUndo({ counts: {}, items: [] }, true, 'de')).toBe('Das wäre: nichts');
    expect(describeUndo(undo, false, 'de')).toBe('Zurückgenommen: 2 Einträge');
    expect(describeUndo({ ...undo, items: items.slice(1) }, false, 'en')).toBe('Taken back: 1 entry');
  });

  it('plan', () => {
    const sample: PreviewSummaryView['samples'][number] = {
      ...{ kind: 'update', sourceId: '1', ticketNumber: '50012', ticketTitle: 'Drucker' },
      ...{ customerName: null, personName: 'Anna', day: '2026-11-20', seconds: -600 },
      why: { code: 'net_zero', facts: {} },
    };
    const summary: PreviewSummaryView = {
      entryCount: 1200,
      entrySeconds: 3600,
      oldestDay: '2026-11-02',
      beforeStart: { count: 2, seconds: 1800 },
      steps: [{ kind: 'create', count: 1, seconds: 1800 }],
      lines: [
        {
          ...{ month: '2026-11', customerKey: 'organization:7', customerName: null, kind: 'wait' },
          ...{ count: 1, seconds: 60 },
        },
      ],
      questions: [{ kind: 'missing', cause: 'missing_old', count: 1, entryCount: 2, seconds: 1800 }],
      gaps: [{ kind: 'unmapped_activity', key: '', name: '', entryCount: 1, seconds: 60 }],
      provisions: [
        { key: 'a', name: 'Acme', makes: 'project', doubt: null, entryCount: 1, seconds: 60 },
        { key: 'b', name: 'Bolt', makes: 'question', doubt: 'several_projects', entryCount: 1, seconds: 60 },
      ],
      samples: [sample],
      openCases: [{ by: 'rule', kind: 'skip', count: 4 }],
      reapplied: { count: 0, seconds: 0 },
    };
    const german = plain(describePlan(summary, 'de', false));
    for (const line of [
      /^1\.200 Einträge, 1:00 h, der älteste vom 02\.11\.2026$/m,
      /^2 vor dem Startdatum, 0:30 h$/m,
      /^Schritte\nanlegen +1 +0:30$/m,
      /^Fragen\nFehlt in Kimai +missing_old +1 +2 Einträge +0:30$/m,
      /^Kunden in Kimai\nAcme +das Projekt würde angelegt/m,
      /^Offene Fälle\nnach Regel +auslassen +4$/m,
      /^Fehlende Zuordnungen\n.*\(ohne\)/m,
      /^Nach Monat und Kunde\n2026-11 +organization:7 +warten +1 +0:01$/m,
      /^Schritte, zum Beispiel\nändern +#50012 +Anna +20\.11\.2026 +-0:10 +Die Zeit hebt sich/m,
    ])
      expect(german).toMatch(line);
    const english = plain(
      describePlan({ ...summary, samples: Array.from({ length: 25 }, () => sample) }, 'en', false),
    );
    expect(english).toMatch(/^Steps, for example \(5 more with --all\)$/m);
    expect(english).toMatch(/^1,200 entries, 1:00 h, the oldest of /m);
    expect(
      plain(describePlan({ ...summary, beforeStart: { count: 0, seconds: 0 } }, 'en', true)),
    ).not.toContain('before the start');
  });
});
