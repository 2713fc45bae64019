import type { CatalogueItem, CheckFinding, SystemCheck } from '../connectors/port.js';
import { SyncError } from '../domain/errors.js';
import { isReason } from '../domain/reason.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit, type AuditRecord } from '../db/stores/audit.js';
import { storeCatalogue } from '../db/stores/catalogue.js';
import {
  bridgesOfConnector,
  pauseConnector as pause,
  resumeConnector,
  storeCapabilities,
} from '../db/stores/health.js';
import { retryProvisions } from '../db/stores/provisions.js';
import { storeNotification } from '../db/stores/notifications.js';
import { storeCheck, type CheckResult } from '../db/stores/connector-checks.js';
import type { CheckDone } from './contract.js';
import type { ActivityDeps } from './deps.js';

/** A restart of the other side is no news; what lasts longer is. */
const TOLD_AFTER_SECONDS = 120;

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
    finding,
  }: {
    readonly connectorId: string;
    readonly code: string;
    readonly message: string;
    readonly finding?: unknown;
  },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    // A setting that changed is named, with what it was and is; other causes have their own sentence.
    const told = code === 'setting_changed' && isReason(finding) ? finding : { code, facts: {} };
    if (!(await pause(session, connectorId, { ...told, message }))) return;
    await writeAudit(session, [system(connectorId, 'connector.paused', { why: told, message })]);
    await storeNotification(
      session,
      { kind: 'connector_stopped', facts: { connectorId } },
      TOLD_AFTER_SECONDS,
    );
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
    if (await resume(session, connectorId)) await notifyChange(session, 'connectors', [connectorId]);
  });
  return true;
}

/** Whether it was paused. */
async function resume(session: Session, connectorId: string): Promise<boolean> {
  if (!(await resumeConnector(session, connectorId))) return false;
  await writeAudit(session, [system(connectorId, 'connector.resumed', {})]);
  await storeNotification(session, { kind: 'connector_resumed', facts: { connectorId } });
  return true;
}

export const bridgesOf = (
  deps: ActivityDeps,
  { connectorId }: { readonly connectorId: string },
): Promise<readonly string[]> => bridgesOfConnector({ db: deps.db, tx: null }, connectorId);

/** The full connection test: findings for people, capabilities and catalogue for us; a good result ends a pause. @returns the id of what it found */
export async function checkConnector(
  deps: ActivityDeps,
  { connectorId }: { readonly connectorId: string },
): Promise<CheckDone> {
  const check = await checkQuietly(deps, connectorId, 'full');
  const samples = await samplesOf(deps, connectorId, check);
  const read = await catalogueOf(deps, connectorId, check);
  const findings = [...check.findings, ...samples.findings, ...read.findings];
  const { items } = read;
  const result = { ok: items !== null, findings, samples: samples.items };
  return inTransaction(deps.db, async (session) => {
    const checkId = await storeCheck(session, connectorId, result);
    if (items === null) return { checkId };
    await storeCapabilities(session, connectorId, check.capabilities);
    await storeCatalogue(session, connectorId, items);
    await retryProvisions(session, connectorId);
    await resume(session, connectorId);
    await notifyChange(session, 'connectors', [connectorId]);
    return { checkId };
  });
}

const failed = ({ findings }: Pick<SystemCheck, 'findings'>): boolean =>
  findings.some(({ level }) => level === 'error');

type Samples = { readonly items: CheckResult['samples']; readonly findings: readonly CheckFinding[] };
const NO_SAMPLES: Samples = { items: [], findings: [] };

/** A unit that differs from the confirmed one is the very reason to look at samples; without an answer there are none. */
async function samplesOf(deps: ActivityDeps, connectorId: string, check: SystemCheck): Promise<Samples> {
  if (check.account === null) return NO_SAMPLES;
  try {
    const system = await deps.connectors.system(connectorId);
    return 'samples' in system ? { items: await system.samples(), findings: [] } : NO_SAMPLES;
  } catch (error) {
    return { items: [], findings: [findingOf(error)] };
  }
}

type Read = { readonly items: readonly CatalogueItem[] | null; readonly findings: readonly CheckFinding[] };

/** What people map is read with the test; a right that is missing for it is a finding like any other. */
async function catalogueOf(deps: ActivityDeps, connectorId: string, check: SystemCheck): Promise<Read> {
  if (failed(check)) return { items: null, findings: [] };
  try {
    return { items: await (await deps.connectors.system(connectorId)).catalogue(), findings: [] };
  } catch (error) {
    return { items: null, findings: [findingOf(error)] };
  }
}

/** A system that cannot be asked is a finding too: what keeps it from answering, and what to do about it. */
async function checkQuietly(
  deps: ActivityDeps,
  connectorId: string,
  depth: 'brief' | 'full',
): Promise<SystemCheck> {
  try {
    return await (await deps.connectors.system(connectorId)).check(depth);
  } catch (error) {
    return { findings: [findingOf(error)], version: null, timeZone: null, account: null, capabilities: {} };
  }
}

/** The failure of a call as a finding: where nothing answers by why, else by the code. @throws what is no SyncError */
export function findingOf(error: unknown): CheckFinding {
  if (!(error instanceof SyncError)) throw error;
  const { permission = null, status = null, reach } = error.info;
  const facts = { message: error.message, permission, status, ...where(reach) };
  return { level: 'error', code: reach ? `reach_${reach.problem}` : `check_${error.code}`, facts };
}

const where = (reach: SyncError['info']['reach']) =>
  reach === undefined ? {} : { host: reach.host, place: reach.place };
