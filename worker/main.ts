import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Sequelize } from 'sequelize';
import type { Alerting } from '../activities/alerts/channel.js';
import { createMailChannel } from '../activities/alerts/mail-channel.js';
import { createWebhookChannel } from '../activities/alerts/webhook-channel.js';
import { createConnectorPool } from '../activities/connector-pool.js';
import { createActivities } from '../activities/index.js';
import { EnvironmentError } from '../config/environment.js';
import { readInstallationId } from '../config/installation.js';
import { currentKeys } from '../config/key-file.js';
import { exitWithParent } from '../config/parent.js';
import { readWorkerConfig, type WorkerConfig } from '../config/worker.js';
import { connectDatabase } from '../db/connection.js';
import { inTransaction } from '../db/sql.js';
import { checkInstallation } from '../db/stores/installation.js';
import { sealAudit } from '../db/stores/audit.js';
import { distrustBooks, newestAuditId } from '../db/stores/restored.js';
import type { Temporal } from '../temporal/connect.js';
import { findWorkflows } from './bundle.js';
import { createKeeperStore } from './database-store.js';
import { heartbeat } from './heartbeat.js';
import { createLogger, logTemporalTo } from './logging.js';
import { createProcesses } from './processes.js';
import { createWorkerProcess } from './process.js';
import { RestoreWatch } from './restore-watch.js';

/** As many connections as activities may run at a time, less those that wait for another system. */
const POOL_SIZE = 15;
/** books.md: the two look-ups of an unanswered write are this far apart; never longer than the wait before them. */
const LOOKUP_PAUSE_SECONDS = 10;

async function main(): Promise<void> {
  const config = readWorkerConfig();
  const log = createLogger(config.logLevel);
  logTemporalTo(log);
  const db = connectDatabase(config.databaseUrl, 'timebridge-worker', POOL_SIZE);
  await compareInstallation(config, db, log);
  const restores = watchRestores(config, db, log);
  await restores.compare();
  const worker = createWorkerProcess({
    temporal: config.temporal,
    workflows: findWorkflows(),
    activities: (temporal) => activitiesOf(config, db, temporal, log),
    log,
    keeper: createKeeperStore(db, config.databaseUrl),
    sealAudit: async () => {
      const sealed = await inTransaction(db, sealAudit);
      await restores.follow();
      return sealed;
    },
    health: { host: config.host, port: config.port },
    onReady: () => console.log('worker ready'),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => worker.stop());
  exitWithParent(() => worker.stop());
  await worker.run();
  await db.close();
  log.info('worker stopped');
}

/** Before anything is written: a copied database must not write into the systems of the original. */
async function compareInstallation({ dataDir }: WorkerConfig, db: Sequelize, log: Logger): Promise<void> {
  const installationId = readInstallationId(dataDir);
  if (installationId === undefined) return;
  const same = await inTransaction(db, (session) => checkInstallation(session, installationId));
  if (!same)
    log.warn(
      { installationId },
      'the database belongs to another installation: all bridges pause until an admin confirms',
    );
}

const watchRestores = ({ dataDir }: WorkerConfig, db: Sequelize, log: Logger): RestoreWatch =>
  new RestoreWatch(
    dataDir,
    {
      newestAuditId: () => newestAuditId({ db, tx: null }),
      distrust: (seen) => inTransaction(db, (session) => distrustBooks(session, seen)),
    },
    log,
  );

function activitiesOf(config: WorkerConfig, db: Sequelize, temporal: Temporal, log: Logger) {
  const { keys, dataDir, allowLoopback, proxies, graceSeconds, unknownWaitSeconds } = config;
  return createActivities({
    db,
    connectors: createConnectorPool({
      db,
      keys: () => currentKeys(keys, dataDir),
      allowLoopback,
      proxies,
      onCall: (call) => log.debug(call, 'request'),
      signal: () => Context.current().cancellationSignal,
    }),
    processes: createProcesses(temporal),
    alerts: alertingOf(config),
    retention: config.retention,
    graceMs: graceSeconds * 1_000,
    unknownWaitSeconds,
    lookupPauseSeconds: Math.min(LOOKUP_PAUSE_SECONDS, unknownWaitSeconds),
    now: () => new Date(),
    heartbeat,
  });
}

function alertingOf({ alerts, publicUrl }: WorkerConfig): Alerting {
  const mail = alerts.mail === null ? [] : [createMailChannel(alerts.mail)];
  const webhook = alerts.webhook === null ? [] : [createWebhookChannel(alerts.webhook)];
  return { channels: [...mail, ...webhook], language: alerts.language, publicUrl };
}

// Open connections to the other systems would keep the process alive, so it ends explicitly.
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof EnvironmentError ? error.message : error);
    process.exit(error instanceof EnvironmentError ? 2 : 1);
  },
);
