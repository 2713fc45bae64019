import { EnvironmentError } from '../config/environment.js';
import { ApiRefused } from './client.js';
import { CommandFailed, EXIT } from './failure.js';
import { createProgram } from './program.js';

/** Runs one command line and ends the process: 0 done, 1 failed, 2 wrong use. */
try {
  await createProgram().parseAsync();
} catch (cause) {
  process.exitCode = report(cause);
}

function report(cause: unknown): number {
  if (cause instanceof CommandFailed) {
    const more = cause instanceof ApiRefused ? { status: cause.status, problem: cause.problem } : {};
    const data = { error: { code: cause.code, message: cause.message, ...more } };
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
    else process.stderr.write(`${cause.message}\n`);
    return cause.exitCode;
  }
  if (cause instanceof EnvironmentError) {
    process.stderr.write(`${cause.message}\n`);
    return EXIT.wrongUse;
  }
  process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  return EXIT.failed;
}
