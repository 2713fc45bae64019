import type { Sequelize } from 'sequelize';
import { insertBridge } from '../../db/stores/bridges.js';
import { insertConnector } from '../../db/stores/connectors.js';
import { storeAsk, type ConflictLabels } from '../../db/stores/conflicts.js';
import { rows } from '../../db/sql.js';
import type { ConflictFacts } from '../../domain/conflict.js';
import { DEFAULT_POLICIES } from '../../domain/policies.js';
import type { WebhookSecrets } from '../deps.js';

export const WEBHOOK_SECRET = 'a webhook secret of the test';

/** A Zammad, a Kimai and the bridge `main` between them, with a few names in the catalogue. */
export async function makeBridge(db: Sequelize, secrets: WebhookSecrets): Promise<void> {
  const session = { db, tx: null };
  const common = { timeZone: 'Europe/Berlin', settings: {} };
  const at = (host: string) => ({
    baseUrl: `https://${host}.example.com`,
    webUrl: `https://${host}.example.com`,
  });
  const unitPeriods = [{ from: null, secondsPerUnit: 60 }];
  await insertConnector(session, {
    id: 'zammad',
    kind: 'zammad',
    name: 'Zammad',
    ...at('zammad'),
    ...common,
    unitPeriods,
  });
  await insertConnector(session, {
    id: 'kimai',
    kind: 'kimai',
    name: 'Kimai',
    ...at('kimai'),
    ...common,
    unitPeriods: [],
  });
  await insertBridge(session, {
    id: 'main',
    name: 'Main',
    sourceConnectorId: 'zammad',
    targetConnectorId: 'kimai',
    code: 'tst',
    mode: 'live',
    startFrom: '2026-11-01',
    closedUntil: null,
    tokenRisk: null,
    policies: DEFAULT_POLICIES,
    schedule: { cron: '*/15 * * * *', nightlyCron: null, timeZone: 'Europe/Berlin', paused: false },
    webhookSecret: secrets.encrypt(WEBHOOK_SECRET, 'main'),
  });
  await makeCatalogue(db);
}

const CATALOGUE = [
  ['kimai', 'customer', '1', 'ACME GmbH', null, true],
  ['kimai', 'project', '10', 'Wartung', '1', true],
  ['kimai', 'project', '11', 'Altes Projekt', '1', false],
  ['kimai', 'activity', '20', 'Support', null, true],
  ['kimai', 'user', '30', 'Anna Muster', null, true],
  ['zammad', 'activity_type', '5', 'Support', null, true],
] as const;

async function makeCatalogue(db: Sequelize): Promise<void> {
  for (const [connectorId, kind, id, name, parentId, active] of CATALOGUE) {
    await rows(
      { db, tx: null },
      `insert into catalogue_items (connector_id, kind, external_id, name, parent_id, active, read_at)
       values ($1, $2, $3, $4, $5, $6, now()) returning 1`,
      [connectorId, kind, id, name, parentId, active],
    );
  }
}

/** The facts of a missing entry that may be created or skipped. */
export const makeFacts = (overrides: Partial<ConflictFacts> = {}): ConflictFacts => ({
  kind: 'missing',
  subject: 'lead:1',
  version: 'v1',
  why: { code: 'missing_ask', facts: {} },
  entryIds: [],
  base: null,
  source: {
    seconds: 1800,
    day: '2026-11-10',
    begin: null,
    userId: '30',
    projectId: '10',
    activityId: '20',
    description: 'Drucker',
  },
  target: null,
  targetRowId: null,
  candidates: [],
  differing: [],
  secondsAtStake: 1800,
  gap: null,
  choices: [
    {
      choice: 'create',
      targetId: null,
      effect: { code: 'creates', facts: {} },
      desired: null,
      blocked: null,
    },
    { choice: 'skip', targetId: null, effect: { code: 'skips', facts: {} }, desired: null, blocked: null },
  ],
  ...overrides,
});

export const LABELS: ConflictLabels = {
  ticketId: '50',
  ticketNumber: '50012',
  ticketTitle: 'Drucker druckt nicht',
  customerKey: 'organization:1',
  customerName: 'ACME GmbH',
  personId: '3',
  personName: 'Anna Muster',
  entryDate: '2026-11-10',
};

/** Opens a conflict as a reconciliation does; returns its id. */
export async function makeConflict(
  db: Sequelize,
  facts: Partial<ConflictFacts> = {},
  labels: Partial<ConflictLabels> = {},
): Promise<string> {
  const ask = { facts: makeFacts(facts), labels: { ...LABELS, ...labels } };
  return (await storeAsk({ db, tx: null }, 'main', null, ask)).id;
}
