import type { MessageKey, Translate } from '../../i18n/use-t';

/** Actions of the audit trail and the label of each; one of a newer version shows by its own name. */
export const ACTIONS = {
  'decision.recorded': 'decided',
  'decision.proposed': 'proposed',
  'decision.withdrawn': 'withdrawn',
  'decision.stale': 'decisionStale',
  'decision.failed': 'decisionFailed',
  'decision.undone': 'decisionUndone',
  'page.written': 'pageWritten',
  'customer.provided': 'customerProvided',
  'entry.linked': 'entryLinked',
  'entry.accepted': 'entryAccepted',
  'conflict.commented': 'conflictCommented',
  'conflict.asked': 'conflictAsked',
  'conflict.ask_failed': 'conflictAskFailed',
  'conflict.snoozed': 'conflictSnoozed',
  'conflict.woken': 'conflictWoken',
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
  'bulk.undone': 'bulkUndone',
  'run.undone': 'runUndone',
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
  ...(['bulk', 'decision', 'installation'] as const),
];

/** Members of the details that have a label among those of the audit trail; one of a newer version shows by its name. */
export const OWN_FIELDS = [
  ...(['name', 'mode', 'startFrom', 'closedUntil', 'policies', 'schedule', 'baseUrl', 'webUrl'] as const),
  ...(['timeZone', 'unitPeriods', 'settings', 'role', 'active', 'choice', 'parameters', 'note'] as const),
  ...(['text', 'targetId', 'ignored', 'until', 'untilChange', 'email', 'rows', 'pausedCause'] as const),
  ...(['firstRunConfirmedAt', 'cause', 'list', 'kind', 'by', 'base', 'source', 'target', 'why'] as const),
  ...(['acceptedSeconds', 'itemCount', 'counts', 'undone', 'left', 'customer', 'number'] as const),
  ...(['created', 'entries', 'tokens', 'webhookSecrets', 'fields', 'edit', 'action', 'url'] as const),
  ...(['message', 'invited', 'bridges', 'billableByActivity', 'fixedProjectId', 'tokenRisk'] as const),
  ...(['at', 'lastSeen', 'newest', 'deliveries', 'messages', 'notifications', 'sessions'] as const),
  ...(['loginLinks', 'checks', 'details', 'begin', 'questions', 'person'] as const),
  ...(['duty', 'people', 'since'] as const),
] as const;

/** Members that are called what they are called where they are set. */
export const OTHER_FIELDS = {
  sourceConnectorId: 'bridges.source',
  targetConnectorId: 'bridges.target',
  quietMinutes: 'bridges.quiet',
  marker: 'bridges.marker',
  descriptionTemplate: 'bridges.template',
  tags: 'bridges.tags',
  dayStart: 'bridges.dayStart',
  fourEyesSeconds: 'bridges.fourEyes',
  fuzzyThreshold: 'bridges.fuzzy',
  cron: 'bridges.cron',
  nightlyCron: 'bridges.nightly',
  paused: 'bridges.schedulePaused',
  seconds: 'item.fields.seconds',
  day: 'item.fields.day',
  description: 'item.fields.description',
  roundingMode: 'connectors.roundingMode',
  roundingBegin: 'connectors.roundingBegin',
  roundingEnd: 'connectors.roundingEnd',
  roundingDuration: 'connectors.roundingDuration',
  ca: 'connectors.ca',
  proxy: 'connectors.proxy',
  concurrency: 'connectors.concurrency',
  requestsPerSecond: 'connectors.requestsPerSecond',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** Where a subject can be looked at; null for those that have no page. */
export function subjectPath(kind: string, id: string): string | null {
  if (kind === 'conflict') return `/inbox/${id}`;
  if (kind === 'bridge') return `/bridges/${id}`;
  if (kind === 'connector') return `/connectors/${id}`;
  return kind === 'run' ? `/runs/${id}` : null;
}

const MAPPING_KINDS = ['activities', 'users', 'customers'] as const;

/** A mapping of something that has no name, by what it stands for: its id is `<kind>/<id in Zammad>`. */
export function mappingSubject(subjectId: string, t: Translate): string | null {
  const [kindName, id = ''] = subjectId.split('/');
  const kind = MAPPING_KINDS.find((known) => known === kindName);
  if (kind === undefined) return null;
  const none = kind === 'activities' ? t('mappings.noType') : t('mappings.noCustomer');
  const what = id === '' ? none : t('mappings.gone', { id: id.split(':').at(-1) ?? id });
  return `${t('audit.subjects.mapping')} ${what}`;
}
