import { noteTold, untoldConflicts } from '../db/stores/untold-conflicts.js';
import type { ActivityDeps } from './deps.js';

/** More than these are left to the keeper, which takes its time: what people click meanwhile stands in no queue behind them. */
const A_FEW = 20;

/**
 * Tells the processes of cases that their rows moved, when they are few. That they have to be told stands in the rows
 * since the change was committed, so whoever dies in between leaves it to the keeper too.
 */
export async function tellProcesses(
  { db, processes }: Pick<ActivityDeps, 'db' | 'processes'>,
  of: { readonly ids: readonly string[] } | { readonly bridgeId: string },
): Promise<void> {
  if ('ids' in of && of.ids.length === 0) return;
  const session = { db, tx: null };
  const untold = await untoldConflicts(session, { ids: null, bridgeId: null, ...of }, A_FEW + 1);
  if (untold.length > A_FEW) return;
  await Promise.all(untold.map(({ id }) => processes.signalFactsChanged(id)));
  await noteTold(session, untold);
}
