import { ApiProblem } from '../api/problem';
import { DEFAULT_POLICIES } from '../../domain/policies';
import { fakeCatalogue } from './fake-catalogue';
import type { Answers, Parts } from './fake-answers-type';
import { runAnswers } from './fake-runs';
import { FAKE_USER } from './fake-world';

const HOUR = 3600;
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What the fake answers about runs and the setup; changes last as long as the page. */
export function setupAnswers(): Answers {
  return {
    ...runAnswers(),
    ...bridgeAnswers(),
    ...connectorAnswers(),
    ...peopleAnswers(),
    ...auditAnswers(),
    ...ruleAnswers(),
  };
}

function bridgeAnswers(): Answers {
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
        ...plain
      } = body;
      if (typeof changed === 'object') policies = { ...policies, ...changed };
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

function connectorAnswers(): Answers {
  const connector = (kind: 'zammad' | 'kimai', name: string) => ({
    ...{
      id: kind,
      kind,
      name,
      baseUrl: `https://${kind}.example.com`,
      webUrl: `https://${kind}.example.com`,
      hasToken: true,
    },
    ...{
      timeZone: 'Europe/Berlin',
      unitPeriods: kind === 'zammad' ? [{ from: null, secondsPerUnit: 60 }] : [],
      settings: {},
      capabilities: {},
    },
    ...{
      health: kind === 'kimai' ? 'paused' : 'ok',
      healthSince: ago(75),
      nextProbeAt: kind === 'kimai' ? ago(-2) : null,
    },
    healthCause:
      kind === 'kimai' ? { code: 'unavailable', facts: { system: 'Kimai', sinceAt: ago(75) } } : null,
    ...{ createdAt: ago(40_000), updatedAt: ago(75) },
  });
  const known = [connector('zammad', 'Zammad'), connector('kimai', 'Kimai')];
  const one = ({ params }: Parts) => {
    const connectorFound = known.find(({ id }) => id === params['connectorId']);
    if (!connectorFound) throw new ApiProblem(404, 'not-found', '');
    return connectorFound;
  };
  return {
    listConnectors: () => ({ items: known }),
    readConnector: (parts) => ({ connector: one(parts) }),
    createConnector: () => ({ connector: known[0] }),
    updateConnector: (parts) => ({
      connector: { ...one(parts), ...parts.body },
      tokenDropped: 'baseUrl' in parts.body,
    }),
    setConnectorToken: () => undefined,
    checkConnector: () => ({
      ok: true,
      findings: [
        { level: 'ok', code: 'zammad_reached', facts: { account: 'timebridge@example.com' } },
        { level: 'ok', code: 'zammad_listing_flat', facts: { entries: 1652 } },
        {
          level: 'warning',
          code: 'zammad_token_too_powerful',
          facts: { permission: 'admin', version: '6.5.0' },
        },
        { level: 'ok', code: 'zammad_unit', facts: { unit: 'minute', secondsPerUnit: 60, confirmed: 60 } },
      ],
      samples: [
        sample('50012', 'Drucker im Lager druckt nicht', '15.0', 900),
        sample('50031', 'Neuer Arbeitsplatz', '90.0', 5400),
        sample('50044', 'VPN bricht ab', '7.5', 450),
      ],
    }),
  };
}

const sample = (ticketNumber: string, ticketTitle: string, unitText: string, seconds: number) => ({
  ...{ ticketNumber, ticketTitle, personName: 'Anna Vogt', bookedAt: ago(120), unitText, seconds },
});

function peopleAnswers(): Answers {
  const user = (place: number, name: string, role: string, changes = {}) => ({
    ...{
      id: `5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c1${place}`,
      name,
      email: `person${place}@example.com`,
      role,
      language: 'de',
    },
    ...{ active: true, hasPassword: true, createdAt: ago(40_000), lastLoginAt: ago(90), ...changes },
  });
  const users = [
    user(1, FAKE_USER.name, 'admin'),
    user(2, 'Jonas Weber', 'approver'),
    user(3, 'Sabine Krüger-Hohenlohe', 'viewer', { hasPassword: false, lastLoginAt: null }),
    user(4, 'Ralf Adler', 'viewer', { active: false }),
  ];
  const link = () => ({
    url: 'https://timebridge.example.com/login#token=nur-zum-ansehen',
    expiresAt: ago(-2880),
  });
  const token = {
    id: users[1]?.id,
    name: 'Auswertung Buchhaltung',
    userId: FAKE_USER.id,
    userName: FAKE_USER.name,
    createdAt: ago(9000),
    expiresAt: ago(-500_000),
    lastUsedAt: ago(60),
  };
  return {
    listUsers: () => ({ items: users }),
    inviteUser: ({ body }) => ({ user: { ...users[2], ...body }, link: link() }),
    createUserLoginLink: () => ({ link: link() }),
    updateUser: ({ params, body }) => ({
      user: { ...users.find(({ id }) => id === params['userId']), ...body },
    }),
    updateMe: ({ body }) => ({
      user: {
        ...FAKE_USER,
        ...(typeof body['name'] === 'string' && { name: body['name'], language: body['language'] }),
      },
    }),
    listApiTokens: () => ({ items: [token] }),
    createApiToken: ({ body }) => ({ item: { ...token, name: body['name'] }, token: 'tb_nur-zum-ansehen' }),
    revokeApiToken: () => undefined,
  };
}

function auditAnswers(): Answers {
  const item = (
    id: number,
    action: string,
    subjectKind: string,
    subjectId: string,
    details: object,
    actor: object = {},
  ) => ({
    ...{
      id: String(id),
      at: ago((60 - id) * 35),
      bridgeId: 'haupt',
      runId: action === 'page.written' ? '1286' : null,
      action,
      subjectKind,
      subjectId,
      details,
    },
    ...{
      actor: { kind: 'person', id: FAKE_USER.id, name: FAKE_USER.name, ...actor },
      sequence: id > 58 ? null : String(id),
    },
  });
  const items = [
    item(60, 'decision.recorded', 'conflict', '4', {
      choice: 'keep_target',
      note: 'Mit dem Kunden besprochen',
    }),
    item(59, 'mapping.changed', 'mapping', 'activities/7', {
      before: null,
      after: { targetId: '3', ignored: false },
    }),
    item(58, 'bridge.changed', 'bridge', 'haupt', {
      before: { mode: 'shadow', startFrom: '2026-11-01' },
      after: { mode: 'live', startFrom: '2026-10-01' },
    }),
    item(
      57,
      'page.written',
      'bridge',
      'haupt',
      { rows: ['12', '13'] },
      { kind: 'policy', id: null, name: null },
    ),
    item(56, 'connector.paused', 'connector', 'kimai', {}, { kind: 'system', id: null, name: null }),
  ];
  return {
    listAudit: ({ query }) => ({
      items: items.filter(({ action }) => !query['action'] || action === query['action']),
      next: null,
    }),
  };
}

const differing = (
  conflictId: string,
  ticketNumber: string,
  customerName: string,
  secondsAtStake: number,
) => ({
  ...{ conflictId, ticketNumber, customerName, secondsAtStake },
  ...{ decidedAt: '2026-11-20T09:00:00Z', person: 'take_source', rule: 'keep_target' },
});

function ruleAnswers(): Answers {
  const id = '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c2';
  let items: object[] = [
    {
      id: `${id}1`,
      revision: 1,
      name: 'Kleine Änderungen in Kimai gelten',
      when: { kinds: ['target_changed'], secondsBelow: 900 },
      then: 'keep_target',
      enabled: true,
    },
    {
      id: `${id}2`,
      revision: 4,
      name: 'Autohaus Kern: lange Zeiten immer ansehen',
      when: { kinds: ['missing', 'mismatch'], customerKeys: ['organization:4'], secondsFrom: 14_400 },
      then: 'ask',
      enabled: false,
    },
  ];
  return {
    listRules: () => ({ items }),
    backtestRule: () => ({
      ...{ considered: 140, matched: 115, decided: 112, same: 110, different: 2, left: 3 },
      summary: {
        code: 'backtest',
        facts: { consideredCount: 140, decidedCount: 112, differentCount: 2 },
      },
      examples: [
        differing('901', '50031', 'Autohaus Kern KG', 840),
        differing('877', '50007', 'Praxis Dr. Ahrens', -300),
      ],
    }),
    replaceRules: ({ body }) => {
      const given: unknown[] = Array.isArray(body['items']) ? body['items'] : [];
      items = given.map((rule, index) => ({
        id: `${id}${index + 5}`,
        revision: 1,
        ...(typeof rule === 'object' ? rule : {}),
      }));
      return { items };
    },
  };
}
