import type { SystemCheck, TimeSource } from '../connectors/port.js';
import { keepUnitSetting } from '../db/stores/connector-settings.js';
import { SyncError, type SyncErrorCode } from '../domain/errors.js';
import type { ActivityDeps } from './deps.js';

/** Findings that stop a connector, by what they are about; any other error finding means a missing permission. */
const CODE_OF_FINDING: Readonly<Record<string, SyncErrorCode>> = {
  zammad_unit_changed: 'setting_changed',
  zammad_unit_unnamed: 'setting_changed',
  zammad_time_zone_differs: 'setting_changed',
  kimai_time_zone_differs: 'setting_changed',
  zammad_version_too_old: 'contract_broken',
  kimai_version_too_old: 'contract_broken',
};

/**
 * A run does not begin against a system whose setting changed since it was confirmed (the unit of time, a zone) or
 * whose token lost a permission. Rejects with a `pause_connector` SyncError that carries the first such finding.
 */
export function refuseErrors(check: SystemCheck, connectorId: string): void {
  const problem = check.findings.find(({ level }) => level === 'error');
  if (problem === undefined) return;
  const { code, facts } = problem;
  const permission = facts['permission'];
  throw new SyncError(
    CODE_OF_FINDING[code] ?? 'permission_missing',
    `${connectorId}: ${code} ${JSON.stringify(facts)}`,
    {
      connectorId,
      finding: { code, facts },
      ...(typeof permission === 'string' ? { permission } : {}),
    },
  );
}

/** When a source was found to be as confirmed; one that is built anew (another unit, another token) is asked anew. */
const lookedAt = new WeakMap<TimeSource, number>();

/**
 * Nothing is read from a source whose unit or zone is not the confirmed one: a number in another unit is another
 * time. Looks unless it did within `holdMs`. Rejects like `refuseErrors`.
 */
export async function refuseChangedSettings(
  { db, now }: Pick<ActivityDeps, 'db' | 'now'>,
  source: TimeSource,
  connectorId: string,
  holdMs = 0,
): Promise<void> {
  const at = now().getTime();
  if (at - (lookedAt.get(source) ?? Number.NEGATIVE_INFINITY) < holdMs) return;
  const check = await source.check('brief');
  refuseErrors(check, connectorId);
  const setting = check.capabilities['unitSetting'];
  if (typeof setting === 'string') await keepUnitSetting({ db, tx: null }, connectorId, setting);
  lookedAt.set(source, at);
}
