import { expect } from '@playwright/test';
import { listConflicts } from '../../../api/conflicts/list-conflicts.contract.js';
import { readConflict, type ConflictDetail } from '../../../api/conflicts/read-conflict.contract.js';
import type { ConflictRow } from '../../../api/conflicts/conflict-shape.contract.js';
import { connectApi, type ApiClient } from '../../../cli/client.js';
import { runToEnd } from '../../../cli/sync.js';
import { readCliConfig } from '../../../config/cli.js';
import type { ConflictKind } from '../../../domain/conflict.js';
import { KimaiHands, ZammadHands, type Sheet } from '../../../simulators/worlds/demo/hands.js';
import { APP_URL, DATA_DIR, KIMAI_URL, ZAMMAD_URL } from './addresses.js';

export const zammad = new ZammadHands(ZAMMAD_URL);
export const kimai = new KimaiHands(KIMAI_URL);
export const BRIDGE = 'zammad-kimai';

/** Of the demo's company: an agent, a customer and an activity type that are all mapped. */
export const ANNA = 3;
export const REMOTE_SUPPORT = 1;
const CONTACT = 'stefan.kern@autohaus-kern.example';

/** The installation's own API as its administrator on this machine. */
export function api(): ApiClient {
  return connectApi(readCliConfig({ TIMEBRIDGE_DATA: DATA_DIR, TIMEBRIDGE_URL: APP_URL }));
}

/** Runs the bridge as *sync now* does, and waits until that is over: a run that was under way has not seen everything. */
export async function syncNow(): Promise<void> {
  const now = Date.now();
  for (;;) {
    const [run] = await runToEnd(api(), { bridge: BRIDGE, full: false, note: () => undefined });
    expect(run?.state).toBe('completed');
    if (run && Date.parse(run.startedAt) >= now) return;
  }
}

/** An open case of this kind that no other test has taken. */
export async function openCase(kind: ConflictKind, cause?: string): Promise<ConflictRow> {
  const { items } = await api().call(listConflicts, { query: { view: 'open', kind: [kind], limit: 50 } });
  const found = items.find(({ why }) => cause === undefined || why.code === cause);
  if (!found) throw new Error(`The inbox holds no open case of kind ${kind} ${cause ?? ''}`);
  return found;
}

export async function detailOf(conflictId: string): Promise<ConflictDetail> {
  return api().call(readConflict, { params: { conflictId } });
}

/** Kimai's row as Kimai tells it; `undefined` when there is none with this id. */
export async function sheet(id: string | number | null): Promise<Sheet | undefined> {
  return (await kimai.sheets()).find((row) => row.id === Number(id));
}

/** The rows that carry the marker of this entry of Zammad. */
export async function sheetsOfEntry(entryId: number): Promise<readonly Sheet[]> {
  const marker = new RegExp(`\\[tb-[a-z0-9]+-${entryId}\\]`);
  return (await kimai.sheets()).filter(({ description }) => marker.test(description ?? ''));
}

/** A new ticket of a customer who is mapped. */
export async function newTicket(title: string): Promise<number> {
  return zammad.newTicket(title, CONTACT);
}

export const minutesOf = (row: Sheet | undefined): number | undefined => row && row.duration / 60;
