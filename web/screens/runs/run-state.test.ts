import { describe, expect, it } from 'vitest';
import { counterLink, formatRunTime, phaseState, runSeconds } from './run-state';

describe('runSeconds', () => {
  const now = new Date('2026-11-23T12:00:30Z');
  it('measures a finished run from begin to end', () => {
    expect(runSeconds({ startedAt: '2026-11-23T12:00:00Z', finishedAt: '2026-11-23T12:02:05Z' }, now)).toBe(
      125,
    );
  });
  it('measures a run that goes on up to now', () => {
    expect(runSeconds({ startedAt: '2026-11-23T12:00:00Z', finishedAt: null }, now)).toBe(30);
  });
  it('never falls below zero when the clocks of browser and server differ', () => {
    expect(runSeconds({ startedAt: '2026-11-23T12:01:00Z', finishedAt: null }, now)).toBe(0);
  });
});

describe('formatRunTime', () => {
  it.each([
    [0, '0\u00a0s'],
    [59, '59\u00a0s'],
    [125, '2:05\u00a0min'],
    [3725, '1:02:05\u00a0h'],
  ])('shows %i seconds as %s', (seconds, text) => {
    expect(formatRunTime(seconds)).toBe(text);
  });
});

describe('phaseState', () => {
  it('tells what is behind, in hand and ahead', () => {
    const run = { state: 'running', phase: 'reconciling' } as const;
    expect(phaseState(run, 'fetching')).toBe('done');
    expect(phaseState(run, 'reconciling')).toBe('now');
    expect(phaseState(run, 'applying')).toBe('open');
  });
  it('counts everything as done once a run is completed', () => {
    expect(phaseState({ state: 'completed', phase: 'finished' }, 'applying')).toBe('done');
  });
  it('claims nothing for a run that broke off', () => {
    expect(phaseState({ state: 'failed', phase: 'finished' }, 'applying')).toBe('open');
  });
});

describe('counterLink', () => {
  it('leads to the entries, the cases or the writes that a number counts', () => {
    expect(counterLink('skipped', 'main')).toBe('/entries?bridge=main&state=skipped');
    expect(counterLink('asked', 'main')).toBe('/inbox?bridge=main');
    expect(counterLink('written', 'main')).toBe('#run-writes');
    expect(counterLink('read', 'main')).toBeUndefined();
  });
});
