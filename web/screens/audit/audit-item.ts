/** Actions of the audit trail and the label of each; one of a newer version shows by its own name. */
export const ACTIONS = {
  'decision.recorded': 'decided',
  'decision.proposed': 'proposed',
  'decision.withdrawn': 'withdrawn',
  'page.written': 'pageWritten',
  'customer.provided': 'customerProvided',
  'entry.linked': 'entryLinked',
  'entry.accepted': 'entryAccepted',
  'conflict.commented': 'conflictCommented',
  'conflict.snoozed': 'conflictSnoozed',
  'conflict.assigned': 'conflictAssigned',
  'mapping.changed': 'mappingChanged',
  'rules.changed': 'rulesChanged',
  'run.stopped': 'runStopped',
  'bridge.created': 'bridgeCreated',
  'bridge.changed': 'bridgeChanged',
  'bridge.webhook_installed': 'webhookInstalled',
  'bridge.reapplied': 'bridgeReapplied',
  'bridge.webhook_secret_rotated': 'secretRotated',
  'bridge.previous_secret_dropped': 'previousSecretDropped',
  'connector.created': 'connectorCreated',
  'connector.changed': 'connectorChanged',
  'connector.token_set': 'tokenSet',
  'connector.paused': 'connectorPaused',
  'connector.resumed': 'connectorResumed',
  'user.invited': 'userInvited',
  'user.changed': 'userChanged',
  'user.link_made': 'linkMade',
  'user.link_used': 'linkUsed',
  'user.password_changed': 'passwordChanged',
  'api_token.created': 'apiTokenCreated',
  'api_token.revoked': 'apiTokenRevoked',
  'session.reuse_detected': 'sessionReuse',
  'bridge.first_run_confirmed': 'firstRunConfirmed',
  'bulk.recorded': 'bulkRecorded',
  'bulk.applied': 'bulkApplied',
  'bulk.withdrawn': 'bulkWithdrawn',
  'connector.token_resealed': 'tokenResealed',
  'entry.undone': 'entryUndone',
  'installation.confirmed': 'installationConfirmed',
  'keys.rotated': 'keysRotated',
  'undo.started': 'undoStarted',
  'retention.applied': 'retentionApplied',
  'database.restored': 'databaseRestored',
} as const;
export type KnownAction = keyof typeof ACTIONS;

export const isKnownAction = (action: string): action is KnownAction => Object.hasOwn(ACTIONS, action);

export const SUBJECTS = [
  ...([
    'conflict',
    'bridge',
    'connector',
    'mapping',
    'entry',
    'run',
    'user',
    'api_token',
    'rule',
    'session',
  ] as const),
];

/** Members of the details that have a label; others show by their own name. */
export const FIELDS = [
  ...([
    'name',
    'mode',
    'startFrom',
    'closedUntil',
    'policies',
    'schedule',
    'baseUrl',
    'webUrl',
    'timeZone',
  ] as const),
  ...([
    'unitPeriods',
    'settings',
    'role',
    'active',
    'choice',
    'parameters',
    'note',
    'text',
    'targetId',
    'ignored',
  ] as const),
  ...(['until', 'email', 'rows', 'firstRunConfirmedAt', 'pausedCause', 'cause'] as const),
] as const;

/** Where a subject can be looked at; null for those that have no page. */
export function subjectPath(kind: string, id: string): string | null {
  if (kind === 'conflict') return `/inbox/${id}`;
  if (kind === 'bridge') return `/bridges/${id}`;
  if (kind === 'connector') return `/connectors/${id}`;
  return kind === 'run' ? `/runs/${id}` : null;
}

export type DetailLine = { readonly field: string; readonly before: string | null; readonly after: string };

/** The details of an item as lines: what changed with both values, the rest with its one value. */
export function detailLines(details: Readonly<Record<string, unknown>>): DetailLine[] {
  const before = record(details['before']);
  const after = record(details['after']);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = fields.map((field) => ({
    field,
    before: shown(before[field]),
    after: shown(after[field]),
  }));
  const single = Object.entries(details)
    .filter(([name, value]) => (name !== 'before' && name !== 'after') || !isRecord(value))
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, value]) => ({ field, before: null, after: shown(value) }));
  return [...changed, ...single];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value, null, 1);
}
