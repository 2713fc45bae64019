import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readApiConfig, type ApiConfig } from '../config/api.js';
import { exitWithParent } from '../config/parent.js';
import { connectDatabase } from '../db/connection.js';
import { connectTemporal } from '../temporal/connect.js';
import { adoptAdminToken } from './adopt-admin-token.js';
import { createDeps } from './create-deps.js';
import type { ApiSettings } from './deps.js';
import { createLog } from './http/log.js';
import { encryptAnew } from './system/rotate-keys.js';
import { startServer } from './server.js';
import { temporalGateway } from './temporal-gateway.js';
import { VERSION } from './version.js';

/** The API's process: it needs the migrated database; Temporal may come later. */
async function main(): Promise<void> {
  const config = readApiConfig();
  const log = createLog(config.logLevel, 'api');
  const db = connectDatabase(config.databaseUrl, 'timebridge-api');
  const temporal = connectTemporal(config.temporal);
  const { databaseUrl, publicKey, apiKeys } = config;
  const gateway = temporalGateway(temporal);
  if (config.adminTokenFile) await adoptAdminToken(db, config.adminTokenFile);
  const deps = await createDeps({
    db,
    databaseUrl,
    gateway,
    settings: settingsOf(config),
    log,
    publicKey,
    apiKeys,
  });
  await deps.hub.start();
  // After a rotation of keys the first start with the new ones finishes it.
  const { failed } = await encryptAnew(db, deps.webhookSecrets);
  if (failed.length > 0) log.warn({ bridges: failed }, 'no key reads the webhook secret of these bridges');
  const api = await startServer(deps, config.host, config.port);
  process.stdout.write(`api ready on ${api.url}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void api
      .stop()
      .then(() => Promise.all([temporal.close(), db.close()]))
      .finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  exitWithParent(stop);
}

function settingsOf(config: ApiConfig): ApiSettings {
  const built = fileURLToPath(new URL('../web', import.meta.url)); // dist/api/main.js → dist/web
  return {
    publicUrl: config.publicUrl,
    temporalUiUrl: config.temporal.uiUrl ?? null,
    temporalNamespace: config.temporal.namespace,
    allowLoopback: config.allowLoopback,
    trustedProxies: config.trustedProxies,
    version: VERSION,
    webDir: existsSync(`${built}/index.html`) && existsSync(`${built}/assets`) ? built : null,
  };
}

main().catch((failure: unknown) => {
  process.stderr.write(
    `The API could not start: ${failure instanceof Error ? failure.message : String(failure)}\n`,
  );
  process.exit(1);
});
