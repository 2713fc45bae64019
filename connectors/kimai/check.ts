import { finding } from '../finding.js';
import { parseReply } from '../parse.js';
import type { CheckDepth, CheckFinding, SystemCheck } from '../port.js';
import type { KimaiClient } from './client.js';
import { probeEdits, probeProvisioning, probeTags } from './edit-probes.js';
import { probeForm, probeOthers, probeUsers } from './probes.js';
import { configSchema, meSchema, versionSchema } from './schema.js';

/** 2.26: before it, a filter by a tag that nobody has returned every row. */
const OLDEST = { versionId: 22_600, version: '2.26' };
/** These roles may change exported and locked rows (`config/packages/kimai.yaml`). */
const POWERFUL_ROLES: readonly string[] = ['ROLE_ADMIN', 'ROLE_SUPER_ADMIN'];

type Me = { id: number; username: string; timezone: string; roles: readonly string[] };

/** What the token may do and how this Kimai is set, without writing anything. */
export async function checkKimai(
  client: KimaiClient,
  timeZone: string,
  depth: CheckDepth,
): Promise<SystemCheck> {
  const me = await readMe(client);
  const own = [...zoneFindings(me, timeZone), ...powerFindings(me)];
  const powerful = me.roles.some((role) => POWERFUL_ROLES.includes(role));
  if (depth === 'brief') {
    return {
      findings: own,
      version: null,
      timeZone: me.timezone,
      account: me.username,
      capabilities: { powerful },
    };
  }
  const version = parseReply(
    versionSchema,
    (await client.read('/version', {}, 'api_access')).body,
    'GET /version',
  );
  const config = await readConfig(client);
  const users = await probeUsers(client);
  const others = await probeOthers(client, me.id, users.ids);
  const form = await probeForm(client);
  const edits = await probeEdits(client, me);
  const tags = await probeTags(client);
  const provisioning = await probeProvisioning(client);
  return {
    findings: [
      finding('ok', 'kimai_reached', { account: me.username, version: version.version }),
      ...versionFindings(version),
      ...own,
      ...config.findings,
      ...users.findings,
      ...others.findings,
      ...form.findings,
      ...edits.findings,
      ...tags.findings,
      ...provisioning.findings,
    ],
    version: version.version,
    timeZone: me.timezone,
    account: me.username,
    capabilities: {
      version: version.version,
      powerful: powerful || edits.capabilities['editsExported'] === true,
      ...config.capabilities,
      listsUsers: users.ids !== null,
      seesOthers: others.seen,
      ...form.capabilities,
      ...edits.capabilities,
      ...tags.capabilities,
      ...provisioning.capabilities,
    },
  };
}

async function readMe(client: KimaiClient): Promise<Me> {
  const { body } = await client.read('/users/me', {}, 'api_access');
  return parseReply(meSchema, body, 'GET /users/me');
}

async function readConfig(client: KimaiClient) {
  const { body } = await client.read('/config/timesheet', {}, 'api_access');
  const config = parseReply(configSchema, body, 'GET /config/timesheet');
  const findings: readonly CheckFinding[] = [
    finding('ok', 'kimai_tracking_mode', { mode: config.trackingMode }),
    ...(config.isAllowFutureTimes ? [] : [finding('ok', 'kimai_no_future', {})]),
    ...(config.isAllowOverlapping ? [] : [finding('ok', 'kimai_no_overlap', {})]),
  ];
  return {
    findings,
    capabilities: {
      trackingMode: config.trackingMode,
      allowsFuture: config.isAllowFutureTimes,
      allowsOverlap: config.isAllowOverlapping,
    },
  };
}

function versionFindings({
  version,
  versionId,
}: {
  version: string;
  versionId: number;
}): readonly CheckFinding[] {
  if (versionId >= OLDEST.versionId) return [];
  return [finding('error', 'kimai_version_too_old', { version, required: OLDEST.version })];
}

/** Kimai reads times in the token user's zone: in another one every row would land hours off. */
function zoneFindings(me: Me, timeZone: string): readonly CheckFinding[] {
  const facts = { kimai: me.timezone, connector: timeZone, account: me.username };
  if (me.timezone === timeZone) return [finding('ok', 'kimai_time_zone', facts)];
  return [finding('error', 'kimai_time_zone_differs', facts)];
}

function powerFindings(me: Me): readonly CheckFinding[] {
  const role = me.roles.find((name) => POWERFUL_ROLES.includes(name));
  return role === undefined
    ? []
    : [finding('warning', 'kimai_token_too_powerful', { role, account: me.username })];
}
