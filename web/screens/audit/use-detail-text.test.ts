import { beforeAll, describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { DEFAULT_POLICIES } from '../../../domain/policies';
import { loadLocale, loadScreenLabels } from '../../i18n/i18n';
import { detailLines } from './audit-details';
import { useDetailText } from './use-detail-text';

beforeAll(async () => {
  await loadLocale('de');
  await loadScreenLabels();
});

/** Each line of the details as a person reads it. */
function read(details: Readonly<Record<string, unknown>>): string[] {
  const scope = effectScope();
  const { nameText, valueText } = scope.run(() => useDetailText(() => ({ system: 'Zammad' }))) ?? {};
  const lines = detailLines(details).map(({ path, before, after, changed }) => {
    const values = [...(changed ? [before] : []), after].map((value) => valueText?.(path, value));
    return `${nameText?.(path) ?? ''}: ${values.join(' → ')}`;
  });
  scope.stop();
  return lines;
}

describe('the details of the audit trail', () => {
  it('name policies and their values as the settings do', () => {
    const policies = { newEntries: 'ask', fourEyesSeconds: null };
    expect(
      read({ before: { policies }, after: { policies: { newEntries: 'auto', fourEyesSeconds: 28_800 } } }),
    ).toEqual([
      'Vorgaben · Neue Einträge: Vorher fragen → Sofort anlegen',
      'Vorgaben · Zwei Personen entscheiden ab (h:mm): – → 8:00\u00a0h',
    ]);
  });
  it('say in a sentence why a connector was paused, and which setting it was', () => {
    const facts = { unit: 'hour', secondsPerUnit: 3_600, confirmed: 60 };
    const [line] = read({ why: { code: 'zammad_unit_changed', facts }, message: 'unit changed' });
    expect(line).toMatch(/^Grund: In Zammad ist die Zeiteinheit jetzt eine Stunde/);
  });
  it('name the people who take turns, in their order', () => {
    const people = [
      { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c15', name: 'Jana Weidner' },
      { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c12', name: 'Jonas Weber' },
    ];
    expect(
      read({
        before: { duty: { people: [], since: null } },
        after: { duty: { people, since: '2026-11-23' } },
      }),
    ).toEqual([
      'Zuständigkeit · Reihenfolge: – → Jana Weidner\nJonas Weber',
      'Zuständigkeit · Erste Woche ab: – → 23.11.2026',
    ]);
  });
  it('count what became of the rows of a page', () => {
    const rows = [
      { ledgerId: '1', outcome: 'written', digest: 'a' },
      { ledgerId: '2', outcome: 'written', digest: 'b' },
      { ledgerId: '3', outcome: 'refused', digest: 'c' },
    ];
    expect(read({ rows })).toEqual(['Kimai-Einträge: geschrieben: 2\nnicht angenommen: 1']);
  });
  it('show no name that only programs know, for all that a new bridge and its connector consist of', () => {
    const schedule = {
      cron: '*/15 * * * *',
      nightlyCron: '30 3 * * *',
      paused: false,
      timeZone: 'Europe/Berlin',
    };
    const bridge = {
      ...{ id: 'main', code: 'demo', mode: 'live', name: 'Büro', startFrom: '2026-10-01', closedUntil: null },
      ...{ sourceConnectorId: 'zammad', targetConnectorId: 'kimai', tokenRisk: null, schedule },
      policies: {
        ...DEFAULT_POLICIES,
        fixedProjectId: '4',
        fourEyesSeconds: 3_600,
        billableByActivity: { 7: true },
      },
    };
    const connector = {
      ...{ kind: 'zammad', baseUrl: 'https://z', webUrl: 'https://z', timeZone: 'Europe/Berlin' },
      ...{ unitPeriods: [{ from: null, secondsPerUnit: 60 }], settings: { concurrency: 4, proxy: 'direct' } },
    };
    for (const line of [...read(bridge), ...read(connector)])
      expect(line).not.toMatch(/[a-z][A-Z]\w*:|["]|undefined|^[a-z]/);
  });
});
