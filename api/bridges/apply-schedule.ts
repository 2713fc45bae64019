import type { BridgeSchedule } from '../../db/stores/bridges.js';
import type { BridgeMode } from '../../domain/policies.js';
import { TemporalCallError } from '../../temporal/errors.js';
import type { ApiDeps } from '../deps.js';
import { invalidField } from '../http/problem.js';

type Scheduled = { readonly id: string; readonly mode: BridgeMode; readonly schedule: BridgeSchedule };

/**
 * Hands the schedule over to Temporal. While that cannot be reached the row is enough: the worker's keeper brings
 * Temporal in line when it is back. @throws Problem 422 when Temporal does not accept the schedule
 */
export async function applySchedule(
  deps: Pick<ApiDeps, 'gateway' | 'log'>,
  bridge: Scheduled,
): Promise<void> {
  const { cron, nightlyCron, timeZone, paused } = bridge.schedule;
  const off = bridge.mode === 'off';
  try {
    await deps.gateway.applySchedule({
      bridgeId: bridge.id,
      cron: off ? null : cron,
      nightlyCron: off ? null : nightlyCron,
      timeZone,
      paused,
    });
  } catch (failure) {
    if (!(failure instanceof TemporalCallError)) throw failure;
    if (failure.kind === 'invalid')
      throw invalidField('schedule', 'schedule', `schedule was refused: ${failure.message}`);
    deps.log.warn(
      { err: failure, bridgeId: bridge.id },
      'the schedule is applied later, Temporal does not answer',
    );
  }
}
