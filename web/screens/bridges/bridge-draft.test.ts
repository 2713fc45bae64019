import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../../api/bridges/bridge-shape.contract';
import { DEFAULT_POLICIES, POLICY_VALUES } from '../../../domain/policies';
import { changesOf, draftOf, draftProblems, templateExample } from './bridge-draft';
import { POLICY_NAMES, POLICY_OPTIONS } from './policy-fields';
import { looksLikeCron, nightlyPresetOf, runPresetOf } from './schedule-presets';

const side = {
  id: 'zammad',
  kind: 'zammad',
  name: 'Zammad',
  webUrl: 'https://z.example.com',
  health: 'ok',
} as const;
const bridge: Bridge = {
  ...{
    id: 'haupt',
    name: 'Haupt',
    source: side,
    target: { ...side, id: 'kimai', kind: 'kimai' },
    code: 'k7',
    mode: 'shadow',
  },
  ...{ pausedCause: null, startFrom: '2026-11-01', closedUntil: null, policies: DEFAULT_POLICIES },
  schedule: { cron: '*/15 * * * *', nightlyCron: '0 2 * * *', timeZone: 'Europe/Berlin', paused: false },
  ...{
    nextRuns: [],
    webhook: {
      url: 'https://t.example.com',
      hasSecret: true,
      previousAccepted: false,
      lastDeliveryAt: null,
      lastRefusal: null,
    },
  },
  ...{
    firstRunConfirmedAt: null,
    tokenRisk: { powerful: null, accepted: null },
    duty: { people: [], since: null, current: null, next: null },
    revision: 1,
    openConflicts: 0,
    gaps: 0,
    lastRun: null,
  },
  entries: { new: 0, agreed: 0, waiting: 0, skipped: 0, pending: 0, before_start: 0 },
  ...{ createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z' },
};
const changed = (changes: Partial<ReturnType<typeof draftOf>>) =>
  changesOf(bridge, { ...draftOf(bridge), ...changes });

describe('changesOf', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changed({})).toBeNull();
  });
  it('sends only what differs, policies by their names', () => {
    expect(changed({ targetEdits: 'keep', quietMinutes: '15' })).toEqual({
      policies: { targetEdits: 'keep', quietMinutes: 15 },
    });
    expect(changed({ fourEyes: '8:00' })).toEqual({ policies: { fourEyesSeconds: 28_800 } });
    expect(changed({ closedUntil: '2026-10-31' })).toEqual({ closedUntil: '2026-10-31' });
  });
  it('sends a schedule whole, since its parts belong together', () => {
    expect(changed({ paused: true })).toEqual({ schedule: { ...bridge.schedule, paused: true } });
  });
  it('reads tags as people write them', () => {
    expect(changed({ tags: ' zammad, support ,, zammad' })?.policies?.tags).toEqual(['zammad', 'support']);
  });
});

describe('draftProblems', () => {
  it('finds what the API would refuse', () => {
    const wrong = {
      quietMinutes: '61',
      cron: '* * *',
      timeZone: 'Berlin',
      project: 'fixed',
      startFrom: '',
    } as const;
    expect(Object.keys(draftProblems({ ...draftOf(bridge), ...wrong })).sort()).toEqual([
      'cron',
      'fixedProjectId',
      'quietMinutes',
      'startFrom',
      'timeZone',
    ]);
    expect(draftProblems(draftOf(bridge))).toEqual({});
  });
});

describe('a token that could change exported time', () => {
  const live = { ...draftOf({ ...bridge, closedUntil: null }), mode: 'live' } as const;

  it('is accepted, and a day closed, before the bridge goes live; not for looking on', () => {
    expect(Object.keys(draftProblems(live, true)).sort()).toEqual(['acceptRisk', 'closedUntil']);
    const told = { ...live, acceptRisk: true, closedUntil: '2026-10-31' };
    expect(draftProblems(told, true)).toEqual({});
    expect(draftProblems(live, false)).toEqual({});
    expect(draftProblems({ ...live, mode: 'shadow' }, true)).toEqual({});
  });

  it('is accepted by the name of the risk', () => {
    expect(changesOf(bridge, { ...draftOf(bridge), acceptRisk: true })).toEqual({
      acceptTokenRisk: 'may_change_exported_time',
    });
  });
});

describe('the policies', () => {
  it('offer every value that the rules of the books know, in their order', () => {
    for (const name of POLICY_NAMES)
      expect(Object.keys(POLICY_OPTIONS[name])).toEqual([...POLICY_VALUES[name]]);
    const open = Object.entries(POLICY_VALUES).flatMap(([name, values]) => (values.length > 1 ? [name] : []));
    expect([...POLICY_NAMES].sort()).toEqual(open.sort());
  });
});

describe('schedules', () => {
  it('have names where they are usual', () => {
    expect(runPresetOf(' */15  * * * * ')).toBe('every15');
    expect(runPresetOf('7 3 * * *')).toBe('custom');
    expect(nightlyPresetOf(null)).toBe('none');
    expect(nightlyPresetOf('0 2 * * 0')).toBe('sunday');
  });
  it('need five fields', () => {
    expect(looksLikeCron('*/5 7-18 * * 1-5')).toBe(true);
    expect(looksLikeCron('* * * *')).toBe(false);
    expect(looksLikeCron('* * * * ; rm')).toBe(false);
  });
});

it('shows the template with the values of a ticket, and leaves alone what is no placeholder', () => {
  expect(templateExample('#{ticket.number} {person} {x}')).toBe('#50012 Anna Vogt {x}');
});
