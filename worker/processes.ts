import type { Processes } from '../activities/deps.js';
import { signalFactsChanged, startConflict } from '../temporal/conflicts.js';
import type { Temporal } from '../temporal/connect.js';

/** What activities may start and wake, by the worker's own connection. */
export const createProcesses = (temporal: Temporal): Processes => ({
  startConflict: (conflict) => startConflict(temporal, conflict),
  signalFactsChanged: (conflictId) => signalFactsChanged(temporal, conflictId),
});
