import { accessSync, constants, existsSync } from 'node:fs';
import type { Command } from 'commander';
import pg from 'pg';
import { readStatus } from '../../api/system/read-status.contract.js';
import { readUpConfig, type UpConfig } from '../../config/up.js';
import { readLock } from '../../stack/lock.js';
import { cachedTemporal } from '../../stack/temporal-binary.js';
import { namespaceAnswers } from '../../stack/temporal-server.js';
import { awaitWebhook } from '../await-webhook.js';
import { checkConnectors } from '../check-connectors.js';
import { EXIT } from '../failure.js';
import {
  apiOf,
  configOf,
  languageOf,
  terminalOf,
  withCommonOptions,
  type CommonOptions,
} from '../options.js';
import { table } from '../terminal.js';
import { neededPorts, takenOf } from '../up/ports.js';

type DoctorFlags = CommonOptions & {
  readonly webhook?: string;
  readonly wait: string;
};
type Finding = { readonly check: string; readonly ok: boolean; readonly says: string };

export function addDoctor(program: Command): void {
  withCommonOptions(program.command('doctor'))
    .description(
      'look for what keeps Timebridge from working on this machine; exit 1 when there is something',
    )
    .option('--webhook <bridge>', "wait for a call of Zammad's webhook and say which step fails")
    .option('--wait <seconds>', 'how long to wait for it', '120')
    .action(async (_flags: unknown, command: Command) => {
      const findings = await examine(command);
      const rows = findings.map(({ check, ok, says }) => [ok ? 'ok' : 'NO', check, says]);
      const told = findings.map(({ check, ok, says }) => ({ check, ok, says }));
      terminalOf(command).result({ findings: told }, table(rows));
      if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.failed;
    });
}

async function examine(command: Command): Promise<readonly Finding[]> {
  const { dataDir } = configOf(command);
  const config = readUpConfig({ ...process.env, TIMEBRIDGE_DATA: dataDir });
  const lock = readLock(dataDir);
  const findings = [folder(dataDir), await database(config), await temporal(config)];
  if (!lock)
    return [...findings, await ports(config), { check: 'running', ok: true, says: 'not at this moment' }];
  const answers = await running(command, lock.apiUrl);
  if (!answers.reached) return [...findings, answers];
  const { webhook, wait } = command.optsWithGlobals<DoctorFlags>();
  const api = apiOf(command);
  const systems = await checkConnectors(api, languageOf(command));
  const { note } = terminalOf(command);
  const round =
    webhook === undefined ? [] : [await awaitWebhook(api, webhook, { seconds: Number(wait), note })];
  return [...findings, answers, ...systems, ...round];
}

function folder(dataDir: string): Finding {
  if (!existsSync(dataDir))
    return { check: 'data folder', ok: true, says: `${dataDir} (made by the first start)` };
  try {
    accessSync(dataDir, constants.W_OK);
    return { check: 'data folder', ok: true, says: dataDir };
  } catch {
    return { check: 'data folder', ok: false, says: `${dataDir} cannot be written by this user` };
  }
}

async function database({ databaseUrl }: UpConfig): Promise<Finding> {
  if (databaseUrl === undefined) return { check: 'database', ok: true, says: 'the embedded PostgreSQL' };
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  const where = new URL(databaseUrl).host;
  try {
    await client.connect();
    return { check: 'database', ok: true, says: where };
  } catch (cause) {
    // The message of the driver names host and user, never the password.
    return {
      check: 'database',
      ok: false,
      says: `${where}: ${cause instanceof Error ? cause.message : 'no answer'}`,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function temporal({ temporalAddress }: UpConfig): Promise<Finding> {
  if (temporalAddress !== undefined) {
    const ok = await namespaceAnswers(temporalAddress);
    return { check: 'Temporal', ok, says: `${temporalAddress} ${ok ? 'answers' : 'does not answer'}` };
  }
  const says = existsSync(cachedTemporal())
    ? cachedTemporal()
    : 'found, downloaded or built by the first start';
  return { check: 'Temporal', ok: true, says };
}

async function ports(config: UpConfig): Promise<Finding> {
  const taken = await takenOf(neededPorts(config, true));
  const says = taken.map(({ port, setting }) => `${port} is taken, change ${setting}`).join('; ');
  return { check: 'ports', ok: taken.length === 0, says: says || 'free' };
}

async function running(command: Command, apiUrl: string): Promise<Finding & { readonly reached: boolean }> {
  try {
    const { temporal, connectors } = await apiOf(command).call(readStatus, {});
    const paused = connectors
      .filter(({ health }) => health === 'paused')
      .map(({ name }) => `${name} is paused`);
    const flaws = [...(temporal.reachable ? [] : ['Temporal does not answer']), ...paused];
    return {
      check: 'running',
      ok: flaws.length === 0,
      says: flaws.join('; ') || apiUrl,
      reached: temporal.reachable,
    };
  } catch (cause) {
    return {
      check: 'running',
      ok: false,
      says: cause instanceof Error ? cause.message : apiUrl,
      reached: false,
    };
  }
}
