import { finding } from '../finding.js';
import { parseList, readRecord } from '../parse.js';
import type { CheckFinding, SystemCheck } from '../port.js';
import type { KimaiClient, Query } from './client.js';
import { kimaiInstant } from './normalise.js';
import { referencedId, timesheetSchema, type KimaiTimesheet } from './schema.js';

const PATH = '/timesheets';
const EDIT_PERMISSION = 'edit_other_timesheet';
/** Enough to find a recent row of somebody else. */
const RECENT_ROWS = 50;
/** A row this young is in no locked period: a refusal is then about the permission. */
const SURELY_OPEN_MS = 24 * 3_600_000;

type EditProbe = {
  readonly capabilities: SystemCheck['capabilities'];
  readonly findings: readonly CheckFinding[];
};

/**
 * What the token may change, found out without changing anything. Kimai tells none of its permissions, but a PATCH
 * with a field that no form has never gets through: 403 when the row may not be changed (looked at first), else 400.
 */
export async function probeEdits(
  client: KimaiClient,
  me: { id: number; username: string },
): Promise<EditProbe> {
  const recent = await readRows(client, { orderBy: 'id', order: 'DESC', size: RECENT_ROWS, exported: 0 });
  const [exported] = await readRows(client, { orderBy: 'id', order: 'DESC', size: 1, exported: 1 });
  const [oldest] = await readRows(client, { orderBy: 'begin', order: 'ASC', size: 1, exported: 0 });
  const latest = latestOf(recent.filter((row) => referencedId(row.user) !== me.id));
  const others = latest === null ? null : await mayEdit(client, latest.id);
  const editsExported = exported === undefined ? null : await mayEdit(client, exported.id);
  const editsOldest = oldest === undefined ? null : await mayEdit(client, oldest.id);
  const lockdown = others === true && editsOldest !== null ? !editsOldest : null;
  const roundsDuration = recent.some(isRounded) ? true : null;
  return {
    capabilities: { editsOthers: others, editsExported, lockdown, roundsDuration },
    findings: [
      ...othersFinding(others, latest),
      ...(editsExported ? [finding('warning', 'kimai_token_edits_exported', { account: me.username })] : []),
      ...(lockdown ? [finding('ok', 'kimai_lockdown', {})] : []),
      ...(roundsDuration ? [finding('ok', 'kimai_rounds_duration', {})] : []),
    ],
  };
}

async function readRows(client: KimaiClient, query: Query): Promise<readonly KimaiTimesheet[]> {
  const { status, body } = await client.tryRead(PATH, { user: 'all', ...query });
  if (status !== 200) return [];
  const rows = parseList(body, `GET ${PATH}`).map((row) => readRecord(timesheetSchema, row));
  return rows.flatMap((row) => (row.ok ? [row.value] : []));
}

async function mayEdit(client: KimaiClient, id: number): Promise<boolean | null> {
  const body = { timebridge_asks_whether_it_may: true };
  const { status } = await client.attempt({ method: 'PATCH', path: `${PATH}/${id}`, body, effect: 'read' });
  if (status === 403) return false;
  return status === 400 ? true : null;
}

const beginMs = (row: KimaiTimesheet): number => Date.parse(kimaiInstant(row.begin));

const latestOf = (rows: readonly KimaiTimesheet[]): KimaiTimesheet | null =>
  rows.reduce<KimaiTimesheet | null>(
    (latest, row) => (latest === null || beginMs(row) > beginMs(latest) ? row : latest),
    null,
  );

function othersFinding(may: boolean | null, row: KimaiTimesheet | null): readonly CheckFinding[] {
  if (may === true) return [finding('ok', 'kimai_changes_others', {})];
  const facts = { permission: EDIT_PERMISSION };
  const open = row !== null && Date.now() - beginMs(row) < SURELY_OPEN_MS;
  if (may === false && open) return [finding('error', 'kimai_permission_missing', facts)];
  return [finding('warning', 'kimai_changes_others_unproven', facts)];
}

/** With a rule for the duration, it is not what lies between begin and end: Kimai tells the rule nowhere else. */
function isRounded(row: KimaiTimesheet): boolean {
  if (row.end === null) return false;
  const span = (Date.parse(kimaiInstant(row.end)) - beginMs(row)) / 1000;
  return row.duration !== span - (row.break ?? 0);
}

/** An empty POST is refused for its missing name and makes nothing; without the right it is refused before. */
async function mayCreate(client: KimaiClient, path: string): Promise<boolean | null> {
  const { status } = await client.attempt({ method: 'POST', path, body: {}, effect: 'read' });
  return status === 403 ? false : status === 400 ? true : null;
}

export async function probeTags(client: KimaiClient): Promise<EditProbe> {
  const createsTags = await mayCreate(client, '/tags');
  return {
    capabilities: { createsTags },
    findings:
      createsTags === false
        ? [finding('warning', 'kimai_cannot_create_tags', { permission: 'create_tag' })]
        : [],
  };
}

/** Both rights are needed where a bridge makes customers, and nowhere else: so it is told, and no warning. */
export async function probeProvisioning(client: KimaiClient): Promise<EditProbe> {
  const customers = await mayCreate(client, '/customers');
  const projects = await mayCreate(client, '/projects');
  const missing = [
    ...(customers === false ? ['create_customer'] : []),
    ...(projects === false ? ['create_project'] : []),
  ];
  const creates = missing.length > 0 ? false : customers === true && projects === true ? true : null;
  return {
    capabilities: {
      createsCustomers: creates,
      ...(missing.length > 0 ? { missingToCreateCustomers: missing.join(', ') } : {}),
    },
    findings: [
      ...(creates === true ? [finding('ok', 'kimai_creates_customers', {})] : []),
      ...(creates === false
        ? [finding('ok', 'kimai_cannot_create_customers', { permission: missing.join(', ') })]
        : []),
    ],
  };
}
