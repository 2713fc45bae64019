import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { connectApi, type ApiClient } from '../../../cli/client.js';
import { formatNamedKeys } from '../../../config/keys.js';
import { migrate } from '../../../db/migrate.js';
import { generateKeyPair, generateSecretKey } from '../../../secrets/keys.js';
import { startCluster, type Cluster } from '../../../stack/postgres.js';
import { findTemporal } from '../../../stack/temporal-binary.js';
import { startTemporalServer, type TemporalServer } from '../../../stack/temporal-server.js';
import { lastingPort } from './lasting-port.js';
import { buildPrograms, KillableProgram } from './programs.js';

/** Whom a history may kill at any moment. */
export const VICTIMS = ['api-0', 'api-1', 'worker-0', 'worker-1', 'temporal', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Short enough for a test, longer than any answer that a history holds back. */
export const SETTINGS = { graceSeconds: 1, unknownWaitSeconds: 5 } as const;

const DATABASE = 'timebridge_chaos_test';
/** Migrated once for a cluster; each installation on it gets a copy. */
const TEMPLATE = 'timebridge_chaos_template';
/** Of a cluster that only this machine reaches; the same for every installation, so that its cluster can be used again. */
const PASSWORD = 'chaos';
/** What a kill −9 leaves is in the operating system's hands; only a power cut would need fsync. */
const POSTGRES_SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=150'];
const TASK_QUEUE = 'chaos';

/**
 * A whole installation in processes of its own: two of the API, two workers, Temporal and PostgreSQL on files, each of
 * which can be killed by −9 and started again.
 */
export class Installation {
  readonly #programs = new Map<Victim, KillableProgram>();
  #cluster: Cluster | undefined;
  #temporal: TemporalServer | undefined;
  readonly #token = `tb_${randomBytes(24).toString('base64url')}`;
  readonly databaseUrl: string;
  readonly temporalAddress: string;

  private constructor(
    readonly folder: string,
    private readonly executable: string,
    private readonly ports: Readonly<Record<Victim | 'health-0' | 'health-1', number>>,
  ) {
    const { postgres, temporal } = ports;
    this.databaseUrl = `postgresql://timebridge:${PASSWORD}@127.0.0.1:${postgres}/${DATABASE}`;
    this.temporalAddress = `127.0.0.1:${temporal}`;
  }

  /**
   * Builds what is not built, and starts everything anew. `folder` must be one that PostgreSQL's user can pass; of an
   * earlier installation in it only the empty cluster is used again.
   */
  static async start(folder: string): Promise<Installation> {
    buildPrograms();
    for (const part of ['temporal', 'data']) rmSync(join(folder, part), { recursive: true, force: true });
    const executable = await findTemporal({ say: (line) => process.stderr.write(`${line}\n`) });
    const ports = {
      'api-0': await lastingPort(),
      'api-1': await lastingPort(),
      'worker-0': 0,
      'worker-1': 0,
      'health-0': await lastingPort(),
      'health-1': await lastingPort(),
      temporal: await lastingPort(),
      postgres: await lastingPort(),
    };
    const installation = new Installation(folder, executable, ports);
    try {
      await installation.#startAll();
    } catch (error) {
      await installation.stop();
      throw error;
    }
    return installation;
  }

  /** The API as its administrator sees it; `which` of the two processes answers. */
  api(which: 0 | 1 = 0): ApiClient {
    const apiUrl = `http://127.0.0.1:${this.ports[`api-${which}`]}`;
    return connectApi({ dataDir: this.folder, apiUrl, urlGiven: true, token: this.#token, language: 'en' });
  }

  apiUrl(which: 0 | 1): string {
    return `http://127.0.0.1:${this.ports[`api-${which}`]}`;
  }

  /** Ends it as the kernel does when memory runs out. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'postgres') return killServer(this.#cluster);
    if (victim === 'temporal') return killServer(this.#temporal);
    await this.#programs.get(victim)?.kill();
  }

  /** Starts it again on what it left. One that runs is left alone. */
  async restart(victim: Victim): Promise<void> {
    if (victim === 'postgres') this.#cluster = await this.#startPostgres();
    else if (victim === 'temporal') this.#temporal = await this.#startTemporal();
    else await this.#programs.get(victim)?.start();
  }

  /** The last lines that a program wrote, for a finding. */
  tail(victim: Victim): readonly string[] {
    return this.#programs.get(victim)?.tail() ?? [];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.values()].map((program) => program.end()));
    await Promise.all([killServer(this.#temporal), killServer(this.#cluster)]);
  }

  async #startAll(): Promise<void> {
    const tokenFile = join(this.folder, 'admin-token');
    writeFileSync(tokenFile, `${this.#token}\n`, { mode: 0o600 });
    [this.#cluster, this.#temporal] = await Promise.all([this.#startPostgres(), this.#startTemporal()]);
    await this.#createDatabase();
    this.#makePrograms(tokenFile);
    await Promise.all([...this.#programs.values()].map((program) => program.start()));
  }

  #makePrograms(tokenFile: string): void {
    const { publicKey, privateKey } = generateKeyPair();
    const common = {
      DATABASE_URL: this.databaseUrl,
      TEMPORAL_ADDRESS: this.temporalAddress,
      TEMPORAL_TASK_QUEUE: TASK_QUEUE,
      TIMEBRIDGE_ALLOW_LOOPBACK: 'true',
      TIMEBRIDGE_GRACE_SECONDS: String(SETTINGS.graceSeconds),
      TIMEBRIDGE_UNKNOWN_WAIT_SECONDS: String(SETTINGS.unknownWaitSeconds),
      TIMEBRIDGE_LOG_LEVEL: 'warn',
      TIMEBRIDGE_DATA: join(this.folder, 'data'),
    };
    const api = {
      ...common,
      TIMEBRIDGE_PUBLIC_KEY: formatNamedKeys([publicKey]),
      TIMEBRIDGE_API_KEYS: formatNamedKeys([generateSecretKey()]),
      TIMEBRIDGE_ADMIN_TOKEN_FILE: tokenFile,
    };
    const worker = { ...common, TIMEBRIDGE_KEYS: formatNamedKeys([privateKey]) };
    mkdirSync(common.TIMEBRIDGE_DATA, { recursive: true });
    for (const index of [0, 1] as const) {
      const apiPort = { TIMEBRIDGE_PORT: String(this.ports[`api-${index}`]) };
      const workerPort = { TIMEBRIDGE_WORKER_PORT: String(this.ports[`health-${index}`]) };
      const ready = { api: /^api ready/, worker: /worker ready/ };
      this.#programs.set(`api-${index}`, new KillableProgram('api', { ...api, ...apiPort }, ready.api));
      const workerEnv = { ...worker, ...workerPort };
      this.#programs.set(`worker-${index}`, new KillableProgram('worker', workerEnv, ready.worker));
    }
  }

  async #startPostgres(): Promise<Cluster> {
    const dir = join(this.folder, 'postgres');
    const { postgres: port } = this.ports;
    const options = { dir, user: 'timebridge', password: PASSWORD, port, settings: POSTGRES_SETTINGS };
    return untilStarted(() => startCluster(options));
  }

  async #startTemporal(): Promise<TemporalServer> {
    const dataDir = join(this.folder, 'temporal');
    const { executable, ports } = this;
    return untilStarted(() => startTemporalServer({ executable, port: ports.temporal, dataDir }));
  }

  async #createDatabase(): Promise<void> {
    const urlOf = (name: string) => Object.assign(new URL(this.databaseUrl), { pathname: `/${name}` }).href;
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
      if (rowCount === 0) await client.query(`create database ${TEMPLATE}`);
      await migrate(urlOf(TEMPLATE));
      await client.query(`drop database if exists ${DATABASE} with (force)`);
      await client.query(`create database ${DATABASE} template ${TEMPLATE} strategy file_copy`);
    } finally {
      await client.end();
    }
  }
}

const START_TRIES = 20;

/** What a killed server leaves (children, sockets, shared memory) may be there for a moment longer than it. */
async function untilStarted<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === START_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

type Server = { readonly pid: number; readonly exited: Promise<void> };

async function killServer(server: Server | undefined): Promise<void> {
  if (server === undefined || server.pid === 0) return;
  try {
    process.kill(server.pid, 'SIGKILL');
  } catch {
    return; // gone already
  }
  await server.exited;
}
