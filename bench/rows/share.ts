import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'undici';
import { openInstallation } from '../../cli/installation.js';
import { apiUnit, workerUnit } from '../../cli/up/units.js';
import { freePort } from '../../stack/ports.js';
import { HEAP } from '../../stack/entry-point.js';
import { launch, type RunningUnit, type Unit } from '../../stack/unit.js';
import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { connectBridge, runBridge, type Bridge } from '../stage/bridge.js';
import { startInstallation, type Installation } from '../stage/installation.js';
import { LIVE_LATENCY, startSystems, type Systems } from '../stage/systems.js';
import { meter } from '../stage/usage.js';

/*
 * Two workers and two APIs on one Temporal and one PostgreSQL. All of it shares this machine's processors, so what is
 * shown is that they share the work and lose nothing, not that there is twice as much of it.
 */

const BRIDGES = 4;
const ENTRIES = 1_500;
const WEBHOOKS = 400;

type Line = { readonly bridge: Bridge; readonly systems: Systems };

async function connectAll(
  installation: Installation,
  entries: number,
  round: string,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (let at = 0; at < BRIDGES; at += 1) {
    const systems = await startSystems({ entries, kimai: 'empty' }, LIVE_LATENCY);
    lines.push({ systems, bridge: await connectBridge(installation, systems, `${round}-${at}`) });
  }
  return lines;
}

/** First syncs of several bridges at once. @returns entries a second of all together. */
async function throughput(
  installation: Installation,
  lines: readonly Line[],
  entries: number,
): Promise<number> {
  const since = performance.now();
  await Promise.all(lines.map(({ bridge }) => runBridge(installation, bridge.id)));
  const took = performance.now() - since;
  const linked = await installation.count('select count(*) from links where bridge_id = any($1::text[])', [
    lines.map(({ bridge }) => bridge.id),
  ]);
  if (linked !== entries * lines.length)
    throw new Error(`${linked} of ${entries * lines.length} entries came to be linked`);
  return (entries * lines.length * 1000) / took;
}

/** A second process of the same kind beside the one that `up` runs, with a port of its own. */
async function startSecond(
  installation: Installation,
  kind: 'worker' | 'api',
): Promise<{ unit: RunningUnit; port: number }> {
  const port = await freePort();
  const { config, databaseUrl } = installation;
  const folder = openInstallation(config.dataDir, false);
  const temporalAddress = `127.0.0.1:${config.temporalPort}`;
  const addresses = { databaseUrl, temporalAddress, temporalUiUrl: undefined };
  const made: Unit =
    kind === 'worker'
      ? workerUnit({ ...config, workerPort: port }, folder, addresses)
      : apiUnit({ ...config, port }, folder, addresses);
  const env = { ...made.env, TIMEBRIDGE_ALLOW_LOOPBACK: 'true' };
  const unit = launch(
    { ...made, env, args: [...HEAP, '--enable-source-maps', `dist/${kind}/main.js`] },
    () => undefined,
  );
  await Promise.race([
    unit.ready,
    unit.gone.then((how) => Promise.reject(new Error(`the second ${kind} ${how}`))),
  ]);
  return { unit, port };
}

/** Webhooks to both APIs in turn. @returns how many of them were not kept, or kept twice. */
async function webhooksToBoth(
  installation: Installation,
  { bridge }: Line,
  secondPort: number,
  count: number,
): Promise<number> {
  const bases = [installation.apiUrl, `http://127.0.0.1:${secondPort}`];
  for (let at = 0; at < count; at += 1) {
    const body = JSON.stringify({ ticket: { id: 1 + (at % 50) } });
    const signature = createHmac('sha1', bridge.webhookSecret).update(body).digest('hex');
    const headers = { 'x-zammad-delivery': randomUUID(), 'x-hub-signature': `sha1=${signature}` };
    const url = `${bases[at % 2]}/api/v1/webhooks/zammad/${bridge.id}`;
    const reply = await request(url, { method: 'POST', headers, body });
    await reply.body.dump();
  }
  return Math.abs(count - (await installation.count('select count(*) from webhook_deliveries')));
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const [entries, webhooks] = quick ? [ENTRIES / 10, WEBHOOKS / 10] : [ENTRIES, WEBHOOKS];
  const installation = await startInstallation();
  const all: Line[] = [];
  const seconds: RunningUnit[] = [];
  try {
    say(`${BRIDGES} bridges of ${entries} entries each, one worker`);
    const before = await connectAll(installation, entries, 'one');
    all.push(...before);
    const one = await throughput(installation, before, entries);
    const worker = await startSecond(installation, 'worker');
    const api = await startSecond(installation, 'api');
    seconds.push(worker.unit, api.unit);
    say('the same with two workers and two APIs');
    const after = await connectAll(installation, entries, 'two');
    all.push(...after);
    const [stopFirst, stopSecond] = [installation.meter(), meter(worker.unit.pid ?? 0)];
    const two = await throughput(installation, after, entries);
    const [first, second] = [stopFirst().worker.cpuSeconds, stopSecond().worker.cpuSeconds];
    const [line] = after;
    const missed = line === undefined ? NaN : await webhooksToBoth(installation, line, api.port, webhooks);
    return [
      {
        ...{
          id: 'share',
          what: `${BRIDGES} first syncs at once, two workers: rate as a share of one worker's`,
          unit: '%',
        },
        ...{ goal: null, values: [(two / one) * 100] },
        note: `${Math.round(one)} entries a second with one worker, ${Math.round(two)} with two, on the same processors`,
      },
      {
        ...{ id: 'share-split', what: '… share of the work that the second worker took', unit: '%' },
        ...{ goal: { atLeast: 20 }, values: [(second / (first + second)) * 100] },
        note: `CPU seconds: ${first.toFixed(1)} and ${second.toFixed(1)}`,
      },
      {
        ...{ id: 'share-webhooks', what: `… ${webhooks} webhooks to both APIs in turn`, unit: 'lost' },
        ...{ goal: { atMost: 0 }, values: [missed] },
      },
    ];
  } finally {
    for (const unit of seconds) await unit.stop();
    for (const { systems } of all) await systems.stop();
    await installation.stop();
  }
}

export const shareRow: BenchRow = { name: 'share', run: measured };
