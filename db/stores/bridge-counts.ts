import { rows, type Session } from '../sql.js';
import { VIEW_CONDITIONS } from './inbox-filter.js';

export type EntryCounts = {
  readonly new: number;
  readonly agreed: number;
  readonly waiting: number;
  readonly skipped: number;
  readonly pending: number;
  readonly before_start: number;
};

const NONE: EntryCounts = { new: 0, agreed: 0, waiting: 0, skipped: 0, pending: 0, before_start: 0 };

/** Where the entries of each bridge stand. */
export async function entryCounts(session: Session): Promise<(bridgeId: string) => EntryCounts> {
  const found = await rows<{ bridgeId: string; state: keyof EntryCounts; count: number }>(
    session,
    'select bridge_id as "bridgeId", state, count(*)::int as count from bridge_entries group by bridge_id, state',
  );
  const byBridge = new Map<string, EntryCounts>();
  for (const { bridgeId, state, count } of found) {
    byBridge.set(bridgeId, { ...(byBridge.get(bridgeId) ?? NONE), [state]: count });
  }
  return (bridgeId) => byBridge.get(bridgeId) ?? NONE;
}

export type OpenCounts = { readonly open: number; readonly gaps: number };

/** Open conflicts of each bridge as the inbox lists them, without snoozed ones, and how many of them are gaps. */
export async function openCounts(session: Session): Promise<(bridgeId: string) => OpenCounts> {
  const found = await rows<OpenCounts & { bridgeId: string }>(
    session,
    `select bridge_id as "bridgeId", count(*)::int as open, count(*) filter (where kind like 'unmapped%')::int as gaps
     from conflicts c where ${VIEW_CONDITIONS.open} group by bridge_id`,
  );
  const byBridge = new Map(found.map((one) => [one.bridgeId, one]));
  return (bridgeId) => byBridge.get(bridgeId) ?? { open: 0, gaps: 0 };
}
