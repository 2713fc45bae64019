import { describe, expect, it } from 'vitest';
import type { Connector } from '../../../api/connectors/connector-shape.contract';
import { changesOf, draftOf, draftProblems } from './connector-draft';

const NOW = '2026-11-23T10:00:00Z';
const connector: Connector = {
  ...{
    id: 'zammad',
    kind: 'zammad',
    name: 'Zammad',
    baseUrl: 'https://zammad.example.com',
    webUrl: 'https://zammad.example.com',
  },
  ...{
    hasToken: true,
    timeZone: 'Europe/Berlin',
    unitPeriods: [{ from: null, secondsPerUnit: 60 }],
    settings: {},
    capabilities: {},
  },
  ...{ health: 'ok', healthCause: null, healthSince: NOW, nextProbeAt: null, createdAt: NOW, updatedAt: NOW },
};
const changed = (changes: Partial<ReturnType<typeof draftOf>>) =>
  changesOf(connector, { ...draftOf(connector), ...changes }, NOW);

describe('changesOf', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changed({})).toBeNull();
  });
  it('takes the address for people along as long as it is the same', () => {
    expect(changed({ baseUrl: 'https://z.example.com' })).toEqual({
      baseUrl: 'https://z.example.com',
      webUrl: 'https://z.example.com',
    });
  });
  it('adds a period for a new unit and keeps what was accounted before', () => {
    expect(changed({ unit: 'hour' })?.unitPeriods).toEqual([
      { from: null, secondsPerUnit: 60 },
      { from: NOW, secondsPerUnit: 3600 },
    ]);
    expect(changed({ unit: 'hour', unitFrom: 'always' })?.unitPeriods).toEqual([
      { from: null, secondsPerUnit: 3600 },
    ]);
  });
});

describe('draftProblems', () => {
  it('refuses addresses that are none, or that carry a password', () => {
    for (const baseUrl of ['zammad', 'ftp://x', 'https://a:b@x.example.com', 'https://x.example.com/?a=1']) {
      expect(draftProblems({ ...draftOf(connector), baseUrl }).baseUrl).toBe('connectors.baseUrlInvalid');
    }
    expect(draftProblems(draftOf(connector))).toEqual({});
  });
});
