import { BadControl } from './kit/index.js';
import { readOptions, USAGE } from './options.js';
import { startSimulators } from './start.js';

async function main(): Promise<void> {
  const timebridgeUrl = process.env['TIMEBRIDGE_PUBLIC_URL'];
  const options = {
    ...readOptions(process.argv.slice(2)),
    ...(timebridgeUrl === undefined ? {} : { timebridgeUrl }),
  };
  const simulators = await startSimulators(options);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    simulators.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  exitWithParent(stop);
  const { zammadUrl, kimaiUrl, playUrl } = simulators;
  process.stdout.write(`zammad simulator ready on ${zammadUrl}\nkimai simulator ready on ${kimaiUrl}\n`);
  process.stdout.write(`simulators ready zammad=${zammadUrl} kimai=${kimaiUrl} play=${playUrl}\n`);
}

/** A supervisor that is gone, also by kill -9, closes our standard input. */
function exitWithParent(stop: () => void): void {
  const { TIMEBRIDGE_SUPERVISED, SUPERVISED } = process.env;
  if (TIMEBRIDGE_SUPERVISED !== '1' && SUPERVISED !== '1') return;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.stdin.on('end', stop).on('error', stop).resume();
}

/** Wrong use ends with 2, everything else that goes wrong with 1. */
function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const wrongUse = error instanceof BadControl;
  process.stderr.write(wrongUse ? `${message}\n${USAGE}\n` : `simulators: ${message}\n`);
  process.exit(wrongUse ? 2 : 1);
}

main().catch(fail);
