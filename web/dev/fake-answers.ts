import type { Choice } from '../../domain/conflict';
import { ApiProblem } from '../api/problem';
import type { ConflictDetail, ConflictRow } from '../data/conflicts';
import { fakeCatalogue } from './fake-catalogue';
import { setupAnswers } from './fake-setup';
import { FAKE_BRIDGE, FAKE_COLLEAGUES, FAKE_GRACE_MS, FAKE_USER, type FakeWorld } from './fake-world';

type Parts = Readonly<Record<'params' | 'query' | 'body', Record<string, unknown>>>;
type Answers = Readonly<Record<string, (parts: Parts) => unknown>>;

/** What the fake answers, by the id of the contract; every answer is checked against its contract by the client. */
export function answersOf(world: FakeWorld): Answers {
  return { ...sessionAnswers(world), ...conflictAnswers(world), ...otherAnswers(world), ...setupAnswers() };
}

function sessionAnswers(world: FakeWorld): Answers {
  const session = () => ({ accessToken: 'fake', expiresAt: later(3_600_000), user: FAKE_USER });
  const enter = () => {
    world.loggedIn = true;
    return session();
  };
  return {
    readMe: () => {
      if (!world.loggedIn) throw new ApiProblem(401, 'not-logged-in', '');
      return { user: FAKE_USER };
    },
    login: ({ body }) => {
      if (body['password'] === 'wrong') throw new ApiProblem(401, 'wrong-credentials', '');
      return enter();
    },
    logout: () => void (world.loggedIn = false),
    firstLogin: enter,
    readLoginLink: () => ({ role: 'admin', email: null, name: null, expiresAt: later(3_600_000) }),
  };
}

function conflictAnswers(world: FakeWorld): Answers {
  const one = ({ params }: Parts): ConflictDetail => {
    const detail = world.cases.get(String(params['conflictId']));
    if (!detail) throw new ApiProblem(404, 'not-found', '');
    return detail;
  };
  return {
    readConflict: one,
    listConflicts: ({ query }) => {
      const rows = filtered(world, query).sort(inOrder);
      const offset = Number(query['offset'] ?? 0);
      return { total: rows.length, items: rows.slice(offset, offset + Number(query['limit'] ?? 100)) };
    },
    groupConflicts: ({ query }) => groupsOf(world, query),
    countArrivals: ({ query }) => ({
      total: filtered(world, { ...query, view: 'open' }).length,
      arrived: 0,
      readAt: later(0),
      nextReturn: null,
    }),
    decideConflict: (parts) => decide(world, one(parts).conflict, parts.body),
    withdrawDecision: (parts) => world.change(one(parts).conflict.id, { state: 'open', decision: null }),
    snoozeConflict: (parts) => {
      const until = parts.body['until'];
      world.change(one(parts).conflict.id, { snoozedUntil: typeof until === 'string' ? until : null });
    },
    askAgent: (parts) => {
      world.change(one(parts).conflict.id, { snoozedUntilChange: true });
      return { noteId: '90', asleep: true };
    },
    assignConflict: (parts) => {
      const mine = parts.body['assigneeId'] === FAKE_USER.id;
      world.change(one(parts).conflict.id, {
        assignee: mine ? { id: FAKE_USER.id, name: FAKE_USER.name } : null,
      });
    },
  };
}

function decide(world: FakeWorld, row: ConflictRow, body: Record<string, unknown>) {
  if (body['version'] !== row.version) throw new ApiProblem(409, 'stale', '', { version: row.version });
  const applyAfter = later(FAKE_GRACE_MS);
  const decisionId = String(body['decisionId']);
  const choice = isChoice(body['choice']);
  world.change(row.id, {
    state: 'deciding',
    decision: {
      id: decisionId,
      choice,
      parameters: {},
      note: typeof body['note'] === 'string' ? body['note'] : null,
      actor: { kind: 'person', id: FAKE_USER.id, name: FAKE_USER.name },
      state: 'grace',
      decidedAt: later(0),
      applyAfter,
      finishedAt: null,
      outcome: null,
      bulkId: null,
    },
  });
  return { decisionId, applyAfter, graceMs: FAKE_GRACE_MS };
}

function isChoice(value: unknown): Choice {
  return value === 'take_source' || value === 'skip' || value === 'create' ? value : 'keep_target';
}

function otherAnswers(world: FakeWorld): Answers {
  return {
    readStatus: () => statusOf(world),
    listColleagues: () => ({ items: FAKE_COLLEAGUES }),
    listTargets: ({ params, query }) => {
      const wanted = searched(query);
      const items = fakeCatalogue(String(params['kind'])).filter(({ name }) =>
        name.toLowerCase().includes(wanted),
      );
      return { items, total: items.length };
    },
    listMappings: () => ({ items: [] }),
  };
}

function statusOf(world: FakeWorld) {
  const rows = [...world.cases.values()].map(({ conflict }) => conflict);
  const open = rows.filter((row) => viewOf(row) === 'open');
  const since = later(-900_000);
  const connector = (id: string, kind: string, name: string, health: string) => ({
    ...{ id, kind, name, health, since },
    cause: health === 'paused' ? { code: 'unavailable', facts: { system: name, sinceAt: since } } : null,
    nextProbeAt: health === 'paused' ? later(120_000) : null,
  });
  return {
    version: '0.1.0',
    temporal: { reachable: true, uiUrl: 'http://127.0.0.1:8233' },
    connectors: [
      connector('zammad', 'zammad', 'Zammad', 'ok'),
      connector('kimai', 'kimai', 'Kimai', world.paused ? 'paused' : 'ok'),
    ],
    pausedBridges: [],
    bridges: 1,
    lastRuns: [fakeRun()],
    duty: world.onDuty ? [{ ...FAKE_BRIDGE, person: world.onDuty }] : [],
    counts: {
      open: open.length,
      snoozed: rows.filter((row) => viewOf(row) === 'snoozed').length,
      gaps: open.filter(({ gap }) => gap !== null).length,
      openSeconds: open.reduce((sum, { secondsAtStake }) => sum + Math.abs(secondsAtStake), 0),
      pendingWrites: 0,
      waitingDeliveries: 0,
    },
  };
}

function fakeRun() {
  return {
    ...{
      id: '1286',
      ...FAKE_BRIDGE,
      trigger: 'schedule',
      triggeredBy: null,
    },
    ...{ full: false, state: 'completed', phase: 'finished', counters: { agreed: 412 }, error: null },
    ...{ startedAt: later(-600_000), finishedAt: later(-590_000), workflowUrl: null },
  };
}

function searched(query: Record<string, unknown>): string {
  return typeof query['q'] === 'string' ? query['q'].toLowerCase() : '';
}

function viewOf(row: ConflictRow): 'open' | 'snoozed' | 'done' {
  if (row.state !== 'open') return 'done';
  return row.snoozedUntil === null ? 'open' : 'snoozed';
}

function filtered(world: FakeWorld, query: Record<string, unknown>): ConflictRow[] {
  const kinds = Array.isArray(query['kind']) ? query['kind'] : [];
  const wanted = searched(query);
  return [...world.cases.values()]
    .map(({ conflict }) => conflict)
    .filter((row) => viewOf(row) === (query['view'] ?? 'open'))
    .filter((row) => kinds.length === 0 || kinds.includes(row.kind))
    .filter((row) => !query['assignee'] || (row.assignee ?? world.onDuty)?.id === query['assignee'])
    .filter((row) => !query['customer'] || row.customerKey === query['customer'])
    .filter((row) =>
      `${row.ticketNumber} ${row.ticketTitle} ${row.customerName} ${row.personName}`
        .toLowerCase()
        .includes(wanted),
    );
}

function groupsOf(world: FakeWorld, query: Record<string, unknown>) {
  const rows = filtered(world, query).sort(inOrder);
  const inView = filtered(world, { view: query['view'] });
  const counted = (some: readonly ConflictRow[]) => ({
    count: some.length,
    seconds: some.reduce((sum, { secondsAtStake }) => sum + Math.abs(secondsAtStake), 0),
  });
  const by = (all: readonly ConflictRow[], keyOf: (row: ConflictRow) => string | null) =>
    [...new Set(all.map(keyOf))].flatMap((key) => {
      const own = all.filter((row) => keyOf(row) === key);
      const first = own[0];
      return key === null || !first ? [] : [{ key, first, ...counted(own) }];
    });
  const count = (view: string) => filtered(world, { view }).length;
  return {
    groups: by(rows, (row) => row.kind).map(({ first, count: n, seconds }) => ({
      ...{ kind: first.kind, cause: first.why.code, count: n, seconds },
    })),
    kinds: by(inView, (row) => row.kind).map(({ first, ...rest }) => ({ ...rest, kind: first.kind })),
    customers: by(inView, (row) => row.customerKey).map(({ first, ...rest }) => ({
      ...rest,
      name: first.customerName,
    })),
    people: by(inView, (row) => row.personId).map(({ first, key, ...rest }) => ({
      ...rest,
      id: key,
      name: first.personName,
    })),
    views: { open: count('open'), snoozed: count('snoozed'), done: count('done') },
    readAt: later(0),
    nextReturn: null,
  };
}

/** Cases of a kind beside each other, in the order in which the kinds were made. */
function inOrder(a: ConflictRow, b: ConflictRow): number {
  return (
    KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
    Math.abs(b.secondsAtStake) - Math.abs(a.secondsAtStake)
  );
}
const KIND_ORDER: readonly ConflictRow['kind'][] = [
  ...([
    'unmapped_activity',
    'unmapped_user',
    'unmapped_customer',
    'target_changed',
    'mismatch',
    'locked',
  ] as const),
  ...([
    'duplicate',
    'ambiguous',
    'missing',
    'target_deleted',
    'source_deleted',
    'rejected',
    'correction',
  ] as const),
  ...(['unreadable', 'reverted', 'unknown_outcome', 'guard'] as const),
];

function later(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
