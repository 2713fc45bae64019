import { finding } from '../finding.js';
import { parseList, parseReply } from '../parse.js';
import type { CheckDepth, CheckFinding, SystemCheck } from '../port.js';
import type { ZammadClient } from './client.js';
import { FLAT_PERMISSION } from './flat-listing.js';
import { TICKET_PERMISSION } from './ticket-listing.js';
import { readSettings, type ZammadSettings } from './settings.js';
import { countSchema, isRecord, userSchema, versionSchema } from './schema.js';
import { WITH_TIME } from './tickets.js';
import { unitCapabilities, unitFindings, zoneFindings, type SettingRules } from './unit-check.js';

/** What the token may do and how this Zammad is set; `brief` asks only for the settings (or who one is). */
export async function checkZammad(
  client: ZammadClient,
  rules: SettingRules,
  depth: CheckDepth,
): Promise<SystemCheck> {
  const settings = await settingsOf(client);
  if (depth === 'brief') return briefCheck(client, rules, settings);
  const account = await accountOf(client);
  const listing = await probeListing(client);
  const version = await probeVersion(client);
  const search = await probeSearch(client);
  return {
    findings: [
      finding('ok', 'zammad_reached', { account }),
      ...listing.findings,
      ...search.findings,
      ...version.findings,
      ...unitFindings(settings, rules),
      ...zoneFindings(settings, rules),
    ],
    version: version.version,
    timeZone: settings?.timeZone ?? null,
    account,
    capabilities: {
      ...unitCapabilities(settings),
      flatListing: listing.flat,
      entryCount: listing.count,
      // The same right as for the listing: to read the types, and to correct and delete entries.
      activityTypes: listing.flat,
      editsEntries: listing.flat,
      // An edit of the type alone touches no ticket: only the flat listing shows it.
      seesTypeEdits: listing.flat,
      monthReport: listing.flat,
      search: search.shape,
    },
  };
}

async function briefCheck(
  client: ZammadClient,
  rules: SettingRules,
  settings: ZammadSettings | null,
): Promise<SystemCheck> {
  // Settings that could not be read prove nothing about the token: /users/me does.
  const account = settings === null ? await accountOf(client) : null;
  return {
    findings: [...unitFindings(settings, rules), ...zoneFindings(settings, rules)],
    version: null,
    timeZone: settings?.timeZone ?? null,
    account,
    capabilities: unitCapabilities(settings),
  };
}

async function settingsOf(client: ZammadClient): Promise<ZammadSettings | null> {
  const { status, body } = await client.tryRead('/settings');
  return status === 200 ? readSettings(body) : null;
}

async function accountOf(client: ZammadClient): Promise<string> {
  const { body } = await client.read('/users/me', {}, 'an active account');
  return parseReply(userSchema, body, 'GET /users/me').login;
}

type ListingProbe = { flat: boolean; count: number | null; findings: readonly CheckFinding[] };

/** 200: 6.1 or later and allowed. 403: 6.1 or later, not allowed. 404: the route does not exist, below 6.1. */
async function probeListing(client: ZammadClient): Promise<ListingProbe> {
  const { status, body } = await client.tryRead('/time_accountings', { full: true, per_page: 1 });
  if (status === 404) {
    const tooOld = finding('error', 'zammad_version_too_old', { required: '6.1' });
    return { flat: false, count: null, findings: [tooOld] };
  }
  if (status === 403) {
    const facts = { permission: FLAT_PERMISSION, needed: TICKET_PERMISSION };
    return { flat: false, count: null, findings: [finding('warning', 'zammad_listing_per_ticket', facts)] };
  }
  const count = parseReply(countSchema, body, 'GET /time_accountings?full=true').total_count;
  return { flat: true, count, findings: [finding('ok', 'zammad_listing_flat', { entries: count })] };
}

type VersionProbe = { version: string | null; findings: readonly CheckFinding[] };

/** Only the full `admin` may read the version: whoever gets it has more power than the bridge needs. */
async function probeVersion(client: ZammadClient): Promise<VersionProbe> {
  const { status, body } = await client.tryRead('/version');
  if (status !== 200) return { version: null, findings: [] };
  const { version } = parseReply(versionSchema, body, 'GET /version');
  return {
    version,
    findings: [finding('warning', 'zammad_token_too_powerful', { permission: 'admin', version })],
  };
}

type SearchProbe = { shape: 'unified' | 'legacy'; findings: readonly CheckFinding[] };

/** The search ignores the token's permission list, reading a ticket does not: so one is read. */
async function probeSearch(client: ZammadClient): Promise<SearchProbe> {
  const { body } = await client.searchTickets({ condition: WITH_TIME, per_page: 1, full: true });
  const shape = isRecord(body) && Array.isArray(body['record_ids']) ? 'unified' : 'legacy';
  const ids = isRecord(body) ? body[shape === 'unified' ? 'record_ids' : 'tickets'] : undefined;
  const [first] = parseList(ids, 'ticket search');
  if (typeof first !== 'number')
    return { shape, findings: [finding('warning', 'zammad_no_tickets_visible', {})] };
  const { status } = await client.tryRead(`/tickets/${first}`);
  if (status === 200) return { shape, findings: [finding('ok', 'zammad_tickets_readable', {})] };
  return { shape, findings: [finding('error', 'zammad_permission_missing', { permission: 'ticket.agent' })] };
}
