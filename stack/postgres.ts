import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { LOOPBACK, portFree, PortTaken } from './ports.js';
import { postgresBinaries, postgresOwner, type Owner } from './postgres-binaries.js';
import { goneWithin, runsWith, sleep } from './processes.js';

export type ClusterOptions = {
  readonly dir: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  /** Settings as PostgreSQL names them, e.g. `fsync=off`. */
  readonly settings?: readonly string[];
  /** Each line that the server writes. */
  readonly log?: (line: string) => void;
};

export type Cluster = {
  readonly pid: number;
  readonly exited: Promise<void>;
  /** Address of one of its databases. */
  url(database: string): string;
  /** Ends all connections and stops; returns when the process is gone. */
  stop(): Promise<void>;
};

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

/**
 * Starts a PostgreSQL cluster in `dir`, made by initdb if it is not there yet, and waits until a login works.
 * A server that a killed parent left behind on the same folder is stopped first.
 * @throws PortTaken, or an Error with the end of the server's log.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = postgresBinaries();
  const owner = prepareFolder(options, binaries.initdb);
  await stopOrphanCluster(options.dir);
  if (!(await portFree(options.port))) throw new PortTaken(options.port);

  const child = spawn(binaries.postgres, serverArguments(options), {
    ...owner,
    detached: true, // its own process group: a Ctrl-C of the terminal must not reach it before those who use it
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const tail = followLog(child, options.log);
  await waitForLogin(child, options, tail);
  return {
    pid: child.pid ?? 0,
    exited,
    url: (database) => clusterUrl(options, database),
    stop: () => stopServer(child, exited),
  };
}

/** Address of a database in the cluster that these options start. */
export function clusterUrl(
  options: Pick<ClusterOptions, 'user' | 'password' | 'port'>,
  database: string,
): string {
  const password = encodeURIComponent(options.password);
  return `postgresql://${options.user}:${password}@${LOOPBACK}:${options.port}/${database}`;
}

function prepareFolder(options: ClusterOptions, initdb: string): Owner | undefined {
  const owner = postgresOwner();
  if (existsSync(join(options.dir, 'PG_VERSION'))) {
    if (!owner) return undefined;
    const { uid, gid } = statSync(options.dir); // whoever made the folder must serve it
    return { uid, gid };
  }
  if (owner) assertPassable(dirname(options.dir));
  const passwordFile = `${options.dir}.pw`; // beside it: initdb wants an empty folder
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (owner) for (const path of [options.dir, passwordFile]) chownSync(path, owner.uid, owner.gid);
  try {
    execFileSync(initdb, initArguments(options, passwordFile), {
      ...owner,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return owner;
}

/** Root starts PostgreSQL as another user, who must get through every folder above the data. */
function assertPassable(folder: string): void {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if (!existsSync(path) || statSync(path).mode & 0o001) continue;
    throw new Error(
      `PostgreSQL does not run as root, and no other user gets through ${path}.\n` +
        `Allow it (chmod o+x ${path}), or use another data folder: TIMEBRIDGE_DATA`,
    );
  }
}

/** Code-point order is the same on every machine and needs no new index after an update of the C library. */
function initArguments(options: ClusterOptions, passwordFile: string): string[] {
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
  return [
    '-D',
    options.dir,
    '-U',
    options.user,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    ...locale,
  ];
}

function serverArguments(options: ClusterOptions): string[] {
  const fixed = [`listen_addresses=${LOOPBACK}`, 'unix_socket_directories=', 'timezone=UTC'];
  const settings = [...fixed, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]);
  return ['-D', options.dir, '-p', String(options.port), ...settings];
}

/** Stops a server that still runs on the folder because its parent was killed. @throws when it does not stop. */
export async function stopOrphanCluster(dir: string): Promise<void> {
  const pidFile = join(dir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!pid || !runsWith(pid, dir)) return;
  process.kill(pid, 'SIGINT');
  if (!(await goneWithin(pid, STOP_WITHIN_MS))) {
    throw new Error(
      `PostgreSQL (process ${pid}) still runs on ${dir} and does not stop. End it and start again.`,
    );
  }
}

function followLog(child: ChildProcess, log?: (line: string) => void): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000);
    log?.(text.trimEnd());
  });
  return () => tail;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** A real login is the only sign of readiness that does not depend on the words of a log line. */
async function waitForLogin(child: ChildProcess, options: ClusterOptions, tail: () => string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (hasEnded(child)) throw new Error(`PostgreSQL did not start:\n${tail()}`);
    const client = new pg.Client({ connectionString: clusterUrl(options, 'postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      await client.end().catch(() => undefined);
      if (Date.now() > until) throw new Error(`PostgreSQL does not answer:\n${tail()}`, { cause });
      await sleep(25);
    }
  }
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGINT');
  const harder = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(harder);
}
