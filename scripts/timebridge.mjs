/** The command line on a clone: builds what has changed, then runs the built program with the given arguments. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, staleParts } from './fingerprint.mjs';

// Only `up` serves the pages and the worker; the other commands need no more than the programs.
const wanted = process.argv[2] === 'up' ? staleParts() : staleParts().filter((part) => part === 'server');
if (wanted.length > 0) {
  const build = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/build.ts'), ...wanted], {
    cwd: root,
    stdio: ['ignore', 2, 2], // standard output belongs to the command: it may be JSON
  });
  if (build.status !== 0) process.exit(1);
}
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
await import('../dist/cli/main.js');
