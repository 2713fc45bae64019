import { noteTold, untoldConflicts } from '../db/stores/untold-conflicts.js';
import type { ActivityDeps } from './deps.js';

const SIGNALS_AT_A_TIME = 10;
const SIGNALS_A_CALL = 1_000;

/**
 * Tells the processes of cases that their rows moved. That they have to be told stands in the rows since the change was
 * committed, so whoever dies in between leaves it to the next who looks.
 */
export async function tellProcesses(
  { db, processes }: Pick<ActivityDeps, 'db' | 'processes'>,
  of: { readonly ids: readonly string[] } | { readonly bridgeId: string },
): Promise<void> {
  if ('ids' in of && of.ids.length === 0) return;
  const session = { db, tx: null };
  const untold = await untoldConflicts(session, { ids: null, bridgeId: null, ...of }, SIGNALS_A_CALL);
  for (let at = 0; at < untold.length; at += SIGNALS_AT_A_TIME) {
    const group = untold.slice(at, at + SIGNALS_AT_A_TIME);
    await Promise.all(group.map(({ id }) => processes.signalFactsChanged(id)));
    await noteTold(session, group);
  }
}
