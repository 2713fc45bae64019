import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { entryPoint } from '../../stack/entry-point.js';

/** The simulators read their own arguments: they are a program that knows nothing of ours. */
export function addSimulators(program: Command): void {
  program
    .command('simulators')
    .description('run the simulated Zammad and Kimai alone')
    .usage(
      '--world empty|demo|contract --zammad PORT --kimai PORT [--data DIR] [--settings FILE] [--now ISO]',
    )
    .argument('[options...]', 'handed to the simulators as they are')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action(async (options: string[]) => {
      process.exitCode = await runToEnd(options);
    });
}

function runToEnd(options: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...entryPoint('simulators'), ...options], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 0));
  });
}
