import { describe, expect, it } from 'vitest';
import { troubles } from './verdict';

const NOW = new Date('2026-11-23T12:00:00Z');
type Status = Parameters<typeof troubles>[0];

const run: Status['lastRuns'][number] = {
  id: '7',
  bridgeId: 'main',
  bridgeName: 'Main',
  trigger: 'schedule',
  triggeredBy: null,
  full: false,
  state: 'completed',
  phase: 'finished',
  counters: {},
  error: null,
  warnings: [],
  brokenSeconds: 0,
  startedAt: '2026-11-23T11:00:00Z',
  finishedAt: '2026-11-23T11:01:00Z',
  workflowUrl: null,
};
const connector: Status['connectors'][number] = {
  id: 'kimai',
  kind: 'kimai',
  name: 'Kimai',
  health: 'ok',
  cause: null,
  since: '2026-11-01T00:00:00Z',
  nextProbeAt: null,
};
const status: Status = {
  version: '1',
  bridges: 1,
  pausedBridges: [],
  lastRuns: [run],
  duty: [],
  connectors: [connector],
  temporal: { reachable: true, uiUrl: null },
  counts: { open: 0, snoozed: 0, gaps: 0, openSeconds: 0, pendingWrites: 0, waitingDeliveries: 0 },
};

describe('whether everything is all right', () => {
  it('finds nothing when all is reachable and the last run came out', () => {
    expect(troubles(status, NOW)).toEqual([]);
  });

  it('names what is away, paused, failed and unexplained, and where it is mended', () => {
    const found = troubles(
      {
        ...status,
        temporal: { reachable: false, uiUrl: null },
        connectors: [{ ...connector, health: 'paused' }],
        pausedBridges: [{ id: 'main', name: 'Main', cause: { code: 'clone', facts: {} } }],
        lastRuns: [{ ...run, state: 'failed', brokenSeconds: -900, warnings: [{ code: 'x', facts: {} }] }],
      },
      NOW,
    );
    expect(found.map(({ key, to }) => `${key} ${to}`)).toEqual([
      'temporal /overview',
      'connector /connectors/kimai',
      'bridge /bridges/main',
      'failed /runs/7',
      'broken /runs/7',
      'warned /runs/7',
    ]);
  });

  it('misses a run that should have been there since last night', () => {
    const late = { ...run, finishedAt: '2026-11-22T09:00:00Z' };
    expect(troubles({ ...status, lastRuns: [late] }, NOW)).toMatchObject([{ key: 'late', name: 'Main' }]);
    const running: Status['lastRuns'][number] = { ...late, state: 'running', finishedAt: null };
    expect(troubles({ ...status, lastRuns: [running] }, NOW)).toEqual([]);
  });
});
