import { describe, expect, it } from 'vitest';
import type { Connector } from '../../../api/connectors/connector-shape.contract';
import { changesOf, draftOf, draftProblems, isToken, newConnector, newDraft } from './connector-draft';

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

describe('how often and how many at once', () => {
  it('goes into the settings beside what has no field', () => {
    const limited = { ...connector, settings: { groupIds: [3], concurrency: 2 } };
    const draft = { ...draftOf(limited), concurrency: '8', requestsPerSecond: '2,5' };
    expect(changesOf(limited, draft, NOW)).toEqual({
      settings: { groupIds: [3], concurrency: 8, requestsPerSecond: 2.5 },
    });
  });

  it('is left to Timebridge again when the field is emptied', () => {
    const limited = { ...connector, settings: { concurrency: 2 } };
    expect(changesOf(limited, { ...draftOf(limited), concurrency: '' }, NOW)).toEqual({ settings: {} });
  });

  it.each([
    ['concurrency', '0'],
    ['concurrency', '33'],
    ['concurrency', '2.5'],
    ['concurrency', 'many'],
    ['requestsPerSecond', '0'],
    ['requestsPerSecond', '1001'],
    ['requestsPerSecond', '-1'],
  ] as const)('refuses %s of %s', (field, text) => {
    expect(draftProblems({ ...draftOf(connector), [field]: text })).toHaveProperty(field);
  });
});

describe('how Kimai rounds', () => {
  const kimai: Connector = { ...connector, kind: 'kimai', unitPeriods: [] };

  it('goes into the settings as numbers, and only with a mode', () => {
    const draft = { ...draftOf(kimai), roundingDuration: '15', roundingBegin: '' };
    expect(changesOf(kimai, { ...draft, roundingMode: 'closest' }, NOW)).toEqual({
      settings: { roundingMode: 'closest', roundingDuration: 15 },
    });
    const told = { ...kimai, settings: { roundingMode: 'ceil', roundingEnd: 5, proxy: 'direct' } };
    expect(draftOf(told)).toMatchObject({ roundingMode: 'ceil', roundingEnd: '5', roundingDuration: '' });
    expect(changesOf(told, { ...draftOf(told), roundingMode: '' }, NOW)).toEqual({
      settings: { proxy: 'direct' },
    });
  });

  it.each(['-1', '2.5', '2,5', '1441', 'many'])('is not told by %s minutes', (text) => {
    expect(draftProblems({ ...draftOf(kimai), roundingEnd: text })).toHaveProperty('roundingEnd');
    expect(draftProblems({ ...draftOf(kimai), roundingEnd: '1440' })).toEqual({});
  });
});

describe('newConnector', () => {
  const draft = { ...newDraft(' Zammad ', 'Europe/Berlin'), baseUrl: ' https://z.example.com ' };
  const named = { id: 'zammad', token: 'abc', secondsPerUnit: 60 };

  it('has a unit for Zammad and none for Kimai', () => {
    expect(newConnector(draft, { ...named, kind: 'zammad' })).toEqual({
      ...{ id: 'zammad', kind: 'zammad', name: 'Zammad', baseUrl: 'https://z.example.com', token: 'abc' },
      ...{ timeZone: 'Europe/Berlin', settings: {}, unitPeriods: [{ from: null, secondsPerUnit: 60 }] },
    });
    expect(newConnector(draft, { ...named, kind: 'kimai' })).not.toHaveProperty('unitPeriods');
  });

  it('takes no token that a header could not carry', () => {
    expect(isToken(' abc-123 ')).toBe(true);
    expect(isToken('abc 123')).toBe(false);
    expect(isToken('')).toBe(false);
  });
});
