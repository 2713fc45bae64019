import type { SystemCheck } from '../connectors/port.js';
import { SyncError, type SyncErrorCode } from '../domain/errors.js';

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
      ...(typeof permission === 'string' ? { permission } : {}),
    },
  );
}
