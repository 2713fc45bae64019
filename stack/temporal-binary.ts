import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { downloadTemporal } from './temporal-download.js';

const run = promisify(execFile);

/** The newest tag that `go install` builds; it brings server 1.29.1 with UI 2.42.1. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';
const GO_MODULE = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION}`;
const BUILD_WITHIN_MS = 20 * 60_000;
const SAY_EVERY_MS = 15_000;

export type FindOptions = {
  /** Told what is happening, for a person who waits. */
  readonly say: (line: string) => void;
  /** Folders to look in, as the environment variable PATH lists them. */
  readonly path?: string;
  /** The user's cache folder. */
  readonly cacheHome?: string;
};

/** Where our own copy of the `temporal` program lies, whether it is there or not. */
export function cachedTemporal(
  cacheHome = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
): string {
  return join(cacheHome, 'timebridge', `temporal-${TEMPORAL_CLI_VERSION}`, program('temporal'));
}

/**
 * The `temporal` program: on the PATH, in our cache, downloaded, or built once by Go; in this order.
 * @throws an Error that names what a person can do when none of these works.
 */
export async function findTemporal(options: FindOptions): Promise<string> {
  const path = options.path ?? process.env['PATH'] ?? '';
  const cached = cachedTemporal(options.cacheHome);
  const found = onPath('temporal', path) ?? (isExecutable(cached) ? cached : undefined);
  if (found) return found;

  mkdirSync(dirname(cached), { recursive: true });
  options.say('The Temporal server is not on this machine yet: downloading it (about 60 MB, once)');
  const reasons: string[] = [];
  const ways = [
    () => downloadTemporal(cached, TEMPORAL_CLI_VERSION),
    () => buildTemporal(cached, path, options.say),
  ];
  for (const obtain of ways) {
    const reason = await obtain();
    if (reason === undefined) return cached;
    options.say(reason);
    reasons.push(reason);
  }
  throw new Error(withoutTemporal(reasons, cached));
}

/** Builds into a folder of its own and renames, so that a half-built program is never found. */
async function buildTemporal(
  target: string,
  path: string,
  say: FindOptions['say'],
): Promise<string | undefined> {
  const go = onPath('go', path);
  if (!go) return 'It cannot be built either: Go is not installed';
  say(`Building it with Go instead, once (2 to 5 minutes): ${GO_MODULE}`);
  const folder = mkdtempSync(join(dirname(target), 'build-'));
  const since = Date.now();
  const progress = setInterval(() => {
    say(`… still building, ${Math.round((Date.now() - since) / 1000)} s`);
  }, SAY_EVERY_MS);
  try {
    await run(go, ['install', '-ldflags=-s -w', GO_MODULE], {
      env: { ...process.env, GOBIN: folder },
      timeout: BUILD_WITHIN_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
    renameSync(join(folder, program('temporal')), target);
    return undefined;
  } catch (cause) {
    return `Building it failed: ${lastLine(cause)}`;
  } finally {
    clearInterval(progress);
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutTemporal(reasons: readonly string[], cached: string): string {
  return [
    'There is no Temporal server, and Timebridge cannot work without one.',
    ...reasons.map((reason) => `  - ${reason}`),
    'Do one of these and start again:',
    '  - set TEMPORAL_ADDRESS to a server that runs already (host:port)',
    '  - install the Temporal CLI so that "temporal" is on the PATH: https://docs.temporal.io/cli',
    `  - put its program here: ${cached}`,
    '  - install Go 1.25 or newer; Timebridge then builds the program itself',
  ].join('\n');
}

function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, program(name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}

function lastLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.trim().split('\n').at(-1) ?? text;
}

const program = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);
