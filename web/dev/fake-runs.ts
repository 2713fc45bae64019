import { ago } from './fake-clock';
import { ApiProblem } from '../api/problem';
import type { Answers } from './fake-answers-type';
import { FAKE_USER } from './fake-world';

const HOUR = 3600;

function fakeRun(id: number, changes: Record<string, unknown> = {}) {
  return {
    ...{
      id: String(id),
      bridgeId: 'haupt',
      bridgeName: 'Zammad → Kimai',
      trigger: 'schedule',
      triggeredBy: null,
      full: false,
    },
    ...{
      state: 'completed',
      phase: 'finished',
      error: null,
      startedAt: ago((1286 - id) * 15 + 10),
      finishedAt: ago((1286 - id) * 15 + 9.9),
    },
    counters: {
      read: 6,
      changed: 4,
      rowsRead: 12,
      rowsChanged: 3,
      tickets: 4,
      agreed: 412,
      asked: 1,
      planned: 3,
      written: 3,
      refused: 0,
    },
    workflowUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/sync-run%2Fhaupt',
    ...changes,
  };
}

const RUNS = [
  fakeRun(1287, {
    state: 'running',
    phase: 'reconciling',
    trigger: 'person',
    triggeredBy: FAKE_USER.name,
    full: true,
    startedAt: ago(0.4),
    finishedAt: null,
  }),
  fakeRun(1286),
  fakeRun(1285, { state: 'target_paused' }),
  fakeRun(1284, {
    state: 'failed',
    error: { code: 'unavailable', facts: { system: 'Kimai', sinceAt: ago(50) } },
  }),
  fakeRun(1283, {
    state: 'stopped',
    trigger: 'cli',
    counters: { read: 12_480, agreed: 380, asked: 32, written: 1204, refused: 2 },
  }),
];

function sums() {
  const sum = { source: 212.75 * HOUR, target: 212.75 * HOUR, rounding: 0, accepted: 0, open: 0, broken: 0 };
  const month = { ...sum, month: '2026-10', beforeStart: 0, unreadable: 0, brokenLeads: [], byCustomer: {} };
  const kern = { ...sum, source: 96.5 * HOUR, target: 95 * HOUR, open: -1.5 * HOUR };
  return {
    months: [
      {
        ...month,
        source: 168.25 * HOUR,
        target: 165.5 * HOUR,
        accepted: -0.5 * HOUR,
        rounding: -900,
        open: -2 * HOUR,
        month: '2026-11',
        byCustomer: { 'organization:4': kern, 'customer:17': { ...sum, source: 7200, target: 7200 } },
      },
      { ...month, byCustomer: { 'organization:4': kern } },
      {
        ...month,
        month: '2026-09',
        target: 212 * HOUR,
        broken: -0.75 * HOUR,
        beforeStart: 12 * HOUR,
        unreadable: 1,
      },
    ],
    brokenSeconds: -0.75 * HOUR,
  };
}

/** The Monday of so many weeks ago. */
function monday(weeksAgo: number): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) - 7 * weeksAgo);
  return day.toISOString().slice(0, 10);
}

const overview = () => ({
  weeks: [3, 2, 1, 0].map((ago) => ({
    monday: monday(ago),
    agreedSeconds: (30 + ago) * HOUR,
    waitingSeconds: (4 - ago) * HOUR,
    pendingSeconds: 0,
    skippedSeconds: ago === 2 ? HOUR : 0,
  })),
  deciders: [
    { kind: 'policy', id: null, name: null, count: 412 },
    { kind: 'person', id: FAKE_USER.id, name: FAKE_USER.name, count: 7 },
  ],
});

const WRITE = {
  ...{ id: '1', operation: 'create', state: 'done', day: '2026-11-20', newSeconds: 1800, oldSeconds: null },
  ...{ timesheetUrl: 'http://127.0.0.1:8102/de/timesheet/7/edit', ticketNumber: '50012', quoted: null },
  ...{ ticketTitle: 'Drucker im Lager', customerName: 'ACME GmbH', personName: 'Anna Vogt' },
};

/** What the API would say of runs, and of what they led to. */
export function runAnswers(): Answers {
  return {
    readOverview: overview,
    listStandings: () => ({ total: 0, seconds: 0, ruleName: null, items: [] }),
    listRunWrites: ({ params }) => {
      const run = RUNS.find(({ id }) => id === params['runId']);
      const items = run?.state === 'completed' ? [WRITE] : [];
      return { total: items.length, items };
    },
    listRuns: ({ query }) => {
      const states = Array.isArray(query['state']) ? query['state'] : [];
      const items = RUNS.filter((run) => states.length === 0 || states.includes(run.state));
      return { total: items.length, items };
    },
    readRun: ({ params }) => {
      const run = RUNS.find(({ id }) => id === params['runId']);
      if (!run) throw new ApiProblem(404, 'not-found', '');
      return { run, sums: run.state === 'completed' ? sums() : null };
    },
    startRun: () => {
      throw new ApiProblem(409, 'run-running', 'A run of this bridge is under way');
    },
    stopRun: () => undefined,
  };
}
