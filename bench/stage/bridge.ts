import { startRun } from '../../api/runs/start-run.contract.js';
import { applySetup } from '../../cli/setup/apply.js';
import type { BridgeSetup } from '../../cli/setup/setup-file.js';
import { rows } from '../../db/sql.js';
import { sleep } from '../../stack/processes.js';
import { ACTIVITY, CUSTOMERS, FIRST_AGENT, firstDay, PEOPLE, ZONE } from './books.js';
import type { Installation } from './installation.js';
import { type Systems } from './systems.js';

/** A bridge between the systems of the bench, set up as an administrator does by a file. */
export type Bridge = { readonly id: string; readonly webhookSecret: string };

/** By hand alone, so that no run of a schedule falls into what is measured. */
const BY_HAND = { cron: '0 3 1 1 *', nightlyCron: null, timeZone: ZONE, paused: true };

export async function connectBridge(
  { api }: Pick<Installation, 'api'>,
  { zammadUrl, kimaiUrl }: Systems,
  id: string,
  policies: NonNullable<BridgeSetup['policies']> = {},
): Promise<Bridge> {
  const connector = (kind: 'zammad' | 'kimai', baseUrl: string) => ({
    ...{ id: `${id}-${kind}`, kind, name: `${kind} ${id}`, baseUrl, token: 'tok_sync', timeZone: ZONE },
  });
  const upTo = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const changes = await applySetup(
    api,
    {
      connectors: [
        { ...connector('zammad', zammadUrl), unitPeriods: [{ from: null, secondsPerUnit: 60 }] },
        connector('kimai', kimaiUrl),
      ],
      bridges: [
        {
          ...{ id, name: id, source: `${id}-zammad`, target: `${id}-kimai`, mode: 'live', policies },
          ...{ startFrom: firstDay(new Date()), confirmFirstRun: true, schedule: BY_HAND },
          mappings: {
            activities: [{ source: '', target: String(ACTIVITY) }],
            users: upTo(PEOPLE, (at) => ({ source: `${FIRST_AGENT + at}`, target: `${FIRST_AGENT + at}` })),
            customers: upTo(CUSTOMERS, (at) => ({ source: `organization:${at + 1}`, target: `${at + 1}` })),
          },
        },
      ],
    },
    { renewTokens: false, confirmEarlierStart: false },
  );
  return { id, webhookSecret: changes.flatMap(({ webhook }) => webhook?.secret ?? [])[0] ?? '' };
}

export type EndedRun = {
  readonly id: string;
  readonly state: string;
  /** From the click to the end of the run, as a person waits for it. */
  readonly wallMs: number;
};

const LOOK_EVERY_MS = 15;

/** Starts a run as a person does and waits for its end. @throws when it does not complete. */
export async function runBridge(
  { api, db }: Pick<Installation, 'api' | 'db'>,
  bridgeId: string,
  full = false,
): Promise<EndedRun> {
  const newest = async () =>
    (
      await rows<{ id: string; state: string }>(
        { db, tx: null },
        'select id, state from sync_runs where bridge_id = $1 order by id desc limit 1',
        [bridgeId],
      )
    )[0];
  const before = BigInt((await newest())?.id ?? 0);
  const since = performance.now();
  await api.call(startRun, { params: { bridgeId }, body: { full } });
  for (;;) {
    const run = await newest();
    if (run !== undefined && BigInt(run.id) > before && run.state !== 'running') {
      const wallMs = performance.now() - since;
      if (run.state !== 'completed') throw new Error(`The run of ${bridgeId} ended as ${run.state}`);
      return { ...run, wallMs };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** The visibility store of Temporal follows a moment later than the history itself. */
const VISIBLE_WITHIN_MS = 10_000;

/** History events of the batch run that began after `since`, in all its parts, and of what started it. */
export async function historyEvents(
  { temporal }: Pick<Installation, 'temporal'>,
  bridgeId: string,
  since: Date,
): Promise<number> {
  const ids = `WorkflowId in ('sync-run/${bridgeId}', 'start-run/${bridgeId}')`;
  const query = `${ids} and StartTime >= '${since.toISOString()}'`;
  const until = Date.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    const lengths: (number | undefined)[] = [];
    for await (const { historyLength, status } of temporal.client.workflow.list({ query }))
      lengths.push(status.name === 'RUNNING' ? undefined : historyLength);
    const complete = lengths.length > 1 && lengths.every((length) => length !== undefined);
    if (complete || Date.now() > until)
      return lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
    await sleep(100);
  }
}
