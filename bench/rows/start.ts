import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchContext, BenchRow, Finding } from '../finding.js';
import { freePort } from '../../stack/ports.js';
import { newPlace } from '../stage/installation.js';

/* `npm start` as a person types it, with the demo, until pages, API, worker, Temporal and PostgreSQL are ready. */

const TIMES = 3;
const READY = /^Ready after/;
const WELCOME = /Ctrl-C stops everything/;

type Started = { readonly readyMs: number; readonly welcomeMs: number };

/** Starts, waits until it says that it is ready and where to click, and stops. */
async function startOnce(env: Readonly<Record<string, string>>): Promise<Started> {
  const since = performance.now();
  const child = spawn('npm', ['start'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let readyMs = NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (READY.test(line)) readyMs = performance.now() - since;
    if (!WELCOME.test(line)) continue;
    const welcomeMs = performance.now() - since;
    child.kill('SIGTERM');
    await ended;
    return { readyMs, welcomeMs };
  }
  throw new Error('npm start ended before it was ready');
}

async function measured({ quick, say }: BenchContext): Promise<readonly Finding[]> {
  const [first, again]: [Started[], Started[]] = [[], []];
  for (let time = 0; time < (quick ? 1 : TIMES); time += 1) {
    const { folder, env } = await newPlace();
    const demo = {
      TIMEBRIDGE_ZAMMAD_PORT: String(await freePort()),
      TIMEBRIDGE_KIMAI_PORT: String(await freePort()),
    };
    say(`a first start and another, ${time + 1}`);
    first.push(await startOnce({ ...env, ...demo }));
    again.push(await startOnce({ ...env, ...demo }));
    rmSync(join(folder), { recursive: true, force: true });
  }
  const seconds = (list: readonly Started[], of: keyof Started) => list.map((one) => one[of] / 1000);
  return [
    {
      ...{
        id: 'start-first',
        what: 'npm start to ready, first start (database and demo are made)',
        unit: 's',
      },
      ...{ goal: { atMost: 12 }, values: seconds(first, 'readyMs') },
    },
    {
      ...{ id: 'start', what: 'npm start to ready, a later start', unit: 's' },
      ...{ goal: { atMost: 12 }, values: seconds(again, 'readyMs') },
    },
    {
      ...{
        id: 'start-demo',
        what: 'first start until the demo is connected, synced and the links are shown',
        unit: 's',
      },
      ...{ goal: null, values: seconds(first, 'welcomeMs') },
    },
  ];
}

export const startRow: BenchRow = { name: 'start', run: measured };
