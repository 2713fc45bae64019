import { ApiProblem } from '../api/problem';
import type { Answers, Parts } from './fake-answers-type';
import { bridgeAnswers } from './fake-bridges';
import { ago } from './fake-clock';
import { runAnswers } from './fake-runs';
import { FAKE_USER } from './fake-world';

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
