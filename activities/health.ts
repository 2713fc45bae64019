import type { SystemCheck } from '../connectors/port.js';
import { SyncError } from '../domain/errors.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { storeCatalogue } from '../db/stores/catalogue.js';
import { readConnector } from '../db/stores/connector-settings.js';
import {
  bridgesOfConnector,
  pauseConnector as pause,
  resumeConnector,
  storeCapabilities,
} from '../db/stores/health.js';
import type { CheckResult } from './contract.js';
import type { ActivityDeps } from './deps.js';

const system = (
  connectorId: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
): AuditRecord => ({
  bridgeId: null,
  runId: null,
  actor: { kind: 'system', id: null },
  action,
  subject: { kind: 'connector', id: connectorId },
  version: null,
  details,
});

/** After a failure that stops a connector: one row says so for all workers, one banner for all people. */
export const pauseConnector = (
  deps: ActivityDeps,
  {
    connectorId,
    code,
    message,
  }: { readonly connectorId: string; readonly code: string; readonly message: string },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    if (!(await pause(session, connectorId, { code, message }))) return;
    await writeAudit(session, [system(connectorId, 'connector.paused', { code, message })]);
    await notifyChange(session, 'connectors', [connectorId]);
  });

/** One brief call; true when the connector answers as it should and is `ok` from now on. */
export async function probeConnector(
  deps: ActivityDeps,
  { connectorId }: { readonly connectorId: string },
): Promise<boolean> {
  const check = await checkQuietly(deps, connectorId, 'brief');
  if (check.findings.some(({ level }) => level === 'error')) return false;
  await inTransaction(deps.db, async (session) => {
    if (!(await resumeConnector(session, connectorId))) return;
    await writeAudit(session, [system(connectorId, 'connector.resumed', {})]);
    await notifyChange(session, 'connectors', [connectorId]);
  });
  return true;
}

export const bridgesOf = (
  deps: ActivityDeps,
  { connectorId }: { readonly connectorId: string },
): Promise<readonly string[]> => bridgesOfConnector({ db: deps.db, tx: null }, connectorId);

/** The full connection test: findings for people, capabilities and catalogue for us; a good result ends a pause. */
export async function checkConnector(
  deps: ActivityDeps,
  { connectorId }: { readonly connectorId: string },
): Promise<CheckResult> {
  const check = await checkQuietly(deps, connectorId, 'full');
  const ok = check.findings.every(({ level }) => level !== 'error');
  if (ok) {
    const items = await (await open(deps, connectorId)).catalogue();
    await inTransaction(deps.db, async (session) => {
      await storeCapabilities(session, connectorId, check.capabilities);
      await storeCatalogue(session, connectorId, items);
      await resumeConnector(session, connectorId);
      await notifyChange(session, 'connectors', [connectorId]);
    });
  }
  return { ok, findings: check.findings };
}

async function open(deps: ActivityDeps, connectorId: string) {
  const { kind } = await readConnector({ db: deps.db, tx: null }, connectorId);
  return kind === 'zammad' ? deps.connectors.source(connectorId) : deps.connectors.target(connectorId);
}

/** A system that cannot be asked is a finding too: the code of the failure, and what the other side said. */
async function checkQuietly(
  deps: ActivityDeps,
  connectorId: string,
  depth: 'brief' | 'full',
): Promise<SystemCheck> {
  try {
    return await (await open(deps, connectorId)).check(depth);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const facts = {
      message: error.message,
      permission: error.info.permission ?? null,
      status: error.info.status ?? null,
    };
    return {
      findings: [{ level: 'error', code: error.code, facts }],
      version: null,
      timeZone: null,
      account: null,
      capabilities: {},
    };
  }
}
