import type { UpConfig } from '../../config/up.js';
import { portFree } from '../../stack/ports.js';
import { sleep } from '../../stack/processes.js';
import { CommandFailed } from '../failure.js';

/** A port that will be needed, and the setting that changes it. */
export type NeededPort = { readonly port: number; readonly setting: string; readonly what: string };

/**
 * Makes sure that nobody listens where we are about to.
 * @param waitMs how long a port may still be busy: after a crash the processes of the last start are just ending.
 * @throws CommandFailed that names every taken port and how to change it.
 */
export async function assertPortsFree(needed: readonly NeededPort[], waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  let taken = await takenOf(needed);
  while (taken.length > 0 && Date.now() < until) {
    await sleep(100);
    taken = await takenOf(taken);
  }
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, what, setting }) => `  port ${port} (${what}): set ${setting} to another one`,
  );
  throw new CommandFailed(
    `Somebody else listens where Timebridge wants to:\n${lines.join('\n')}`,
    'port_taken',
  );
}

/** Those on which somebody listens at this moment. */
export async function takenOf(needed: readonly NeededPort[]): Promise<readonly NeededPort[]> {
  const free = await Promise.all(needed.map(({ port }) => portFree(port)));
  return needed.filter((_port, index) => !free[index]);
}

/** Every port that `up` will listen on, and the setting that changes it. */
export function neededPorts(config: UpConfig, demo: boolean): readonly NeededPort[] {
  const port = (port: number, setting: string, what: string): NeededPort => ({ port, setting, what });
  return [
    port(config.port, 'TIMEBRIDGE_PORT', 'API and pages'),
    port(config.workerPort, 'TIMEBRIDGE_WORKER_PORT', "the worker's health"),
    ...(config.databaseUrl ? [] : [port(config.postgresPort, 'TIMEBRIDGE_POSTGRES_PORT', 'PostgreSQL')]),
    ...(config.temporalAddress
      ? []
      : [
          port(config.temporalPort, 'TIMEBRIDGE_TEMPORAL_PORT', 'Temporal'),
          port(config.temporalUiPort, 'TIMEBRIDGE_TEMPORAL_UI_PORT', 'the Temporal UI'),
        ]),
    ...(demo
      ? [
          port(config.zammadPort, 'TIMEBRIDGE_ZAMMAD_PORT', "the demo's Zammad"),
          port(config.kimaiPort, 'TIMEBRIDGE_KIMAI_PORT', "the demo's Kimai"),
        ]
      : []),
  ];
}
