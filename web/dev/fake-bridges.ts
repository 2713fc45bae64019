import { mondayOf } from '../../domain/duty';
import { DEFAULT_POLICIES } from '../../domain/policies';
import type { Answers } from './fake-answers-type';
import { fakeCatalogue } from './fake-catalogue';
import { ago } from './fake-clock';
import { FAKE_COLLEAGUES, FAKE_USER } from './fake-world';

const HOUR = 3600;

/** One bridge on trial, with what it maps. */
export function bridgeAnswers(): Answers {
  const base = {
    ...{
      id: 'haupt',
      name: 'Zammad → Kimai',
      code: 'k7',
      mode: 'shadow',
      pausedCause: null,
      startFrom: '2026-11-01',
      closedUntil: '2026-09-30',
    },
    source: {
      id: 'zammad',
      kind: 'zammad',
      name: 'Zammad',
      webUrl: 'https://zammad.example.com',
      health: 'ok',
    },
    target: { id: 'kimai', kind: 'kimai', name: 'Kimai', webUrl: 'https://kimai.example.com', health: 'ok' },
    schedule: { cron: '*/15 * * * *', nightlyCron: '0 2 * * *', timeZone: 'Europe/Berlin', paused: false },
    nextRuns: [5, 20, 35, 50, 65].map((minutes) => ago(-minutes)),
    webhook: {
      url: 'https://timebridge.example.com/api/v1/webhooks/zammad/haupt',
      hasSecret: true,
      previousAccepted: true,
      lastDeliveryAt: ago(3),
      lastRefusal: null,
    },
    firstRunConfirmedAt: null,
    tokenRisk: { powerful: true, accepted: null },
    duty: dutyOf([]),
    entries: { new: 4, agreed: 412, waiting: 37, skipped: 12, pending: 2, before_start: 1240 },
    ...{
      openConflicts: 20,
      gaps: 3,
      lastRun: { id: '1286', state: 'completed', startedAt: ago(10), finishedAt: ago(9.9) },
    },
    ...{ createdAt: ago(40_000), updatedAt: ago(400) },
  };
  let changes: Record<string, unknown> = {};
  let policies = DEFAULT_POLICIES;
  let revision = 3;
  const bridge = () => ({ ...base, policies, revision, ...changes });
  return {
    listBridges: () => ({ items: [bridge()] }),
    readBridge: () => ({ bridge: bridge() }),
    updateBridge: ({ body }) => {
      const {
        policies: changed,
        revision: _revision,
        confirmEarlierStart: _yes,
        confirmFirstRun,
        resume: _resume,
        duty,
        ...plain
      } = body;
      if (typeof changed === 'object') policies = { ...policies, ...changed };
      if (typeof duty === 'object' && duty !== null) changes['duty'] = dutyOf(Reflect.get(duty, 'people'));
      changes = { ...changes, ...plain, ...(confirmFirstRun === true && { firstRunConfirmedAt: ago(0) }) };
      revision += 1;
      return { bridge: bridge() };
    },
    createBridge: () => ({ bridge: bridge(), webhookSecret: 'nur-zum-ansehen-7Jk2' }),
    rotateWebhookSecret: ({ body }) => ({
      url: base.webhook.url,
      secret: body['dropPrevious'] === true ? null : 'nur-zum-ansehen-9Lm4',
    }),
    listMappings: ({ params }) => ({ items: mappingRows(String(params['kind'])) }),
    setMapping: () => ({ decision: null, replanned: 4 }),
    setMappings: () => ({ saved: 3, decisions: [], replanned: 4, refused: [] }),
  };
}

/** A list on duty that begins this week. */
function dutyOf(ids: unknown) {
  const wanted: readonly unknown[] = Array.isArray(ids) ? ids : [];
  const people = wanted.flatMap((id) => FAKE_COLLEAGUES.filter((one) => one.id === id));
  const monday = mondayOf(ago(0).slice(0, 10));
  return {
    people: people.map((one) => ({ ...one, active: true })),
    since: people.length > 0 ? monday : null,
    current: people[0] ?? null,
    next: people[1] ? { ...people[1], from: monday } : null,
  };
}

const SOURCES: Readonly<Record<string, readonly (readonly [id: string, name: string | null])[]>> = {
  activities: [
    ['7', 'Fernwartung'],
    ['1', 'Support remote'],
    ['2', 'Support vor Ort'],
    ['', null],
    ['5', 'Beratung'],
    ['9', 'Wegezeit'],
  ],
  users: [
    ['3', 'Anna Vogt'],
    ['12', 'Ben Yılmaz'],
    ['14', 'Lena Roth'],
  ],
  customers: [
    ['organization:4', 'Autohaus Kern KG'],
    ['organization:9', 'Praxis Dr. Engel'],
    ['organization:11', 'Stadtwerke Ost'],
    ['customer:17', 'Petra Sommer'],
  ],
};

function mappingRows(kind: string) {
  const targets = fakeCatalogue(kind);
  return (SOURCES[kind] ?? []).map(([sourceId, sourceName], index) => {
    const gap = index === 0 || index === 3;
    const same = targets.find(({ name }) => name === sourceName);
    return {
      ...{
        sourceId,
        sourceName,
        sourceEmail: kind === 'users' ? `person${index}@example.com` : null,
        sourceActive: index !== 4,
      },
      ...{
        entryCount: 120 - index,
        waitingCount: gap ? 14 - index : 0,
        waitingSeconds: gap ? (9.75 - index) * HOUR : 0,
      },
      target: gap || index === 5 ? null : (targets[index % targets.length] ?? null),
      ignored: index === 5,
      proposal: gap ? { target: same ?? targets[0], by: 'name' } : null,
      ...{
        decidedBy: gap ? null : FAKE_USER.name,
        updatedAt: gap ? null : ago(3000),
        conflictId: gap ? '1' : null,
      },
    };
  });
}
