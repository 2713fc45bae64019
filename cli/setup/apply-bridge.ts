import type { Bridge } from '../../api/bridges/bridge-shape.contract.js';
import { createBridge } from '../../api/bridges/create-bridge.contract.js';
import { listBridges } from '../../api/bridges/list-bridges.contract.js';
import { updateBridge } from '../../api/bridges/update-bridge.contract.js';
import { checkConnector } from '../../api/connectors/check-connector.contract.js';
import { listMappings } from '../../api/mappings/list-mappings.contract.js';
import { MAPPING_KINDS, type MappingKind } from '../../api/mappings/mapping-shape.contract.js';
import { setMappings } from '../../api/mappings/set-mappings.contract.js';
import { listRules } from '../../api/rules/list-rules.contract.js';
import { replaceRules } from '../../api/rules/replace-rules.contract.js';
import type { ApiClient } from '../client.js';
import { CommandFailed } from '../failure.js';
import type { ApplyOptions, Change } from './apply.js';
import { differing, isEmpty } from './differing.js';
import type { BridgeSetup } from './setup-file.js';

type MappingSetup = NonNullable<NonNullable<BridgeSetup['mappings']>[MappingKind]>[number];

/** Adds the bridge or changes what differs, then its mappings and rules. */
export async function applyBridge(
  api: ApiClient,
  wanted: BridgeSetup,
  options: ApplyOptions,
): Promise<readonly Change[]> {
  const { rules, confirmFirstRun } = wanted;
  const settings = settingsOf(wanted);
  const { items } = await api.call(listBridges, {});
  const now = items.find((bridge) => bridge.id === wanted.id);
  const done = [
    now ? await changeBridge(api, settings, now, options) : await addBridge(api, settings, options),
  ];
  if (confirmFirstRun && !now?.firstRunConfirmedAt) {
    await api.call(updateBridge, { params: { bridgeId: wanted.id }, body: { confirmFirstRun } });
  }
  done.push(...(await applyMappings(api, wanted)));
  if (rules) done.push(await applyRules(api, wanted.id, rules));
  return done;
}

type BridgeSettings = Omit<BridgeSetup, 'mappings' | 'rules' | 'confirmFirstRun'>;

/** The bridge alone, without what is applied by calls of its own. */
function settingsOf(wanted: BridgeSetup): BridgeSettings {
  const settings = { ...wanted };
  delete settings.mappings;
  delete settings.rules;
  delete settings.confirmFirstRun;
  return settings;
}

async function addBridge(api: ApiClient, wanted: BridgeSettings, options: ApplyOptions): Promise<Change> {
  const { source, target, schedule, ...settings } = wanted;
  const { bridge, webhookSecret } = await api.call(createBridge, {
    body: { ...settings, sourceConnectorId: source, targetConnectorId: target },
  });
  if (schedule !== undefined)
    await changeBridge(
      api,
      { id: bridge.id, source, target, name: settings.name, schedule },
      bridge,
      options,
    );
  const webhook = { url: bridge.webhook.url, secret: webhookSecret };
  return { what: 'bridge', id: bridge.id, action: 'created', webhook };
}

async function changeBridge(
  api: ApiClient,
  { id, source, target, code, policies, acceptTokenRisk, schedule, ...settings }: BridgeSettings,
  now: Bridge,
  { confirmEarlierStart }: ApplyOptions,
): Promise<Change> {
  const fixed = {
    source: [source, now.source.id],
    target: [target, now.target.id],
    code: [code ?? now.code, now.code],
  };
  for (const [name, [wanted, current]] of Object.entries(fixed)) {
    if (wanted !== current)
      throw new CommandFailed(`The ${name} of bridge "${id}" cannot change: it is "${current}"`);
  }
  const policyChanges = differing(policies ?? {}, now.policies);
  const changes = {
    ...differing({ ...settings, schedule: scheduleOf(schedule, now) }, now),
    ...(acceptTokenRisk && now.tokenRisk.accepted === null ? { acceptTokenRisk } : {}),
    ...(isEmpty(policyChanges) ? {} : { policies: policyChanges }),
  };
  if (isEmpty(changes)) return { what: 'bridge', id, action: 'unchanged' };
  await api.call(updateBridge, { params: { bridgeId: id }, body: { ...changes, confirmEarlierStart } });
  return { what: 'bridge', id, action: 'changed' };
}

/** What the file leaves out of a schedule stays as it is. */
const scheduleOf = (wanted: BridgeSetup['schedule'], { schedule }: Bridge): Bridge['schedule'] => ({
  cron: wanted?.cron ?? schedule.cron,
  nightlyCron: wanted?.nightlyCron === undefined ? schedule.nightlyCron : wanted.nightlyCron,
  timeZone: wanted?.timeZone ?? schedule.timeZone,
  paused: wanted?.paused ?? schedule.paused,
});

async function applyMappings(api: ApiClient, wanted: BridgeSetup): Promise<readonly Change[]> {
  const bridgeId = wanted.id;
  const done: Change[] = [];
  const open: { readonly kind: MappingKind; readonly row: MappingSetup }[] = [];
  for (const kind of MAPPING_KINDS) {
    const rows = wanted.mappings?.[kind] ?? [];
    const { items } =
      rows.length > 0 ? await api.call(listMappings, { params: { bridgeId, kind } }) : { items: [] };
    for (const row of rows) {
      const now = items.find(({ sourceId }) => sourceId === row.source);
      const same =
        now !== undefined &&
        (now.target?.id ?? null) === (row.target ?? null) &&
        now.ignored === (row.ignored ?? false);
      if (!same) open.push({ kind, row });
      done.push({
        what: 'mapping',
        id: `${bridgeId}/${kind}/${row.source}`,
        action: same ? 'unchanged' : 'changed',
      });
    }
  }
  if (open.length > 0) for (const id of [wanted.source, wanted.target]) await readSystem(api, id);
  for (const kind of MAPPING_KINDS)
    await mapAll(
      api,
      { bridgeId, kind },
      open.filter((one) => one.kind === kind).map(({ row }) => row),
    );
  return done;
}

async function mapAll(
  api: ApiClient,
  params: { readonly bridgeId: string; readonly kind: MappingKind },
  rows: readonly MappingSetup[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += MOST_MAPPINGS) {
    const items = rows.slice(at, at + MOST_MAPPINGS).map(({ source, target, ignored }) => ({
      ...{ sourceId: source, targetId: target ?? null, ignored: ignored ?? false },
    }));
    const { refused } = await api.call(setMappings, { params, body: { items } });
    if (refused.length === 0) continue;
    const lines = refused.map(({ sourceId, detail }) => `  ${params.kind} "${sourceId}": ${detail}`);
    throw new CommandFailed(
      `These mappings of "${params.bridgeId}" were refused:\n${lines.join('\n')}`,
      'mapping',
    );
  }
}

/** As many as one call takes. */
const MOST_MAPPINGS = 500;

/** The test of a system also reads what can be mapped; before the first one, the API knows no activity of Kimai. */
async function readSystem(api: ApiClient, connectorId: string): Promise<void> {
  const { ok, findings } = await api.call(checkConnector, { params: { connectorId } });
  if (ok) return;
  const errors = findings.filter(({ level }) => level === 'error').map(({ code }) => code);
  throw new CommandFailed(
    `The test of "${connectorId}" failed, so nothing can be mapped: ${errors.join(', ')}`,
    'check',
  );
}

/** A rule keeps its id, and with it its history, as long as its name stays. */
async function applyRules(
  api: ApiClient,
  bridgeId: string,
  wanted: NonNullable<BridgeSetup['rules']>,
): Promise<Change> {
  const params = { bridgeId };
  const { items } = await api.call(listRules, { params });
  const same =
    items.length === wanted.length &&
    wanted.every((rule, index) => isEmpty(differing(rule, items[index] ?? {})));
  if (same) return { what: 'rules', id: bridgeId, action: 'unchanged' };
  const named = wanted.map((rule) => ({ ...rule, id: items.find(({ name }) => name === rule.name)?.id }));
  await api.call(replaceRules, { params, body: { items: named } });
  return { what: 'rules', id: bridgeId, action: 'changed' };
}
