import { SyncError } from '../../domain/errors.js';
import { finding } from '../finding.js';
import { parseList, parseReply, readRecord } from '../parse.js';
import type { CheckFinding, SystemCheck } from '../port.js';
import type { KimaiClient } from './client.js';
import { formFields } from './refusals.js';
import { referencedId, timesheetSchema, userSchema } from './schema.js';
import { OTHERS_PERMISSION } from './timesheets.js';

type UsersProbe = { readonly ids: readonly number[] | null; readonly findings: readonly CheckFinding[] };

/** ROLE_ADMIN does not have `view_user`, so it is asked for instead of concluded from roles. */
export async function probeUsers(client: KimaiClient): Promise<UsersProbe> {
  const { status, body } = await client.tryRead('/users', { visible: 3 });
  if (status !== 200) {
    return {
      ids: null,
      findings: [finding('error', 'kimai_permission_missing', { permission: 'view_user' })],
    };
  }
  const users = parseList(body, 'GET /users').map((row) => parseReply(userSchema, row, 'a user'));
  return {
    ids: users.map(({ id }) => id),
    findings: [finding('ok', 'kimai_users_listed', { users: users.length })],
  };
}

type OthersProbe = { readonly seen: boolean | null; readonly findings: readonly CheckFinding[] };

/**
 * Without `view_other_timesheet` Kimai ignores the filter by user and returns one's own rows: so the rows tell.
 * More rows of everybody than of oneself prove the right; rows of oneself under another's name disprove it.
 */
export async function probeOthers(
  client: KimaiClient,
  me: number,
  ids: readonly number[] | null,
): Promise<OthersProbe> {
  const own = await countRows(client, String(me));
  const all = await countRows(client, 'all');
  if (all.count > own.count)
    return { seen: true, findings: [finding('ok', 'kimai_sees_others', { rows: all.count })] };
  const other = ids?.find((id) => id !== me);
  if (other !== undefined) {
    const theirs = await countRows(client, String(other));
    if (theirs.owner === me) {
      return {
        seen: false,
        findings: [finding('error', 'kimai_permission_missing', { permission: OTHERS_PERMISSION })],
      };
    }
  }
  return {
    seen: null,
    findings: [finding('warning', 'kimai_sees_others_unproven', { permission: OTHERS_PERMISSION })],
  };
}

type Count = { readonly count: number; readonly owner: number | null };

async function countRows(client: KimaiClient, user: string): Promise<Count> {
  const answer = await client.tryRead('/timesheets', { user, size: 1, orderBy: 'id', order: 'ASC' });
  // Somebody else's rows may be refused by team: which is no sign of either.
  if (answer.status !== 200) return { count: 0, owner: null };
  const [first] = parseList(answer.body, 'GET /timesheets');
  const row = readRecord(timesheetSchema, first);
  return {
    count: Number(answer.header('x-total-count') ?? 0),
    owner: row.ok ? referencedId(row.value.user) : null,
  };
}

type FormProbe = {
  readonly capabilities: SystemCheck['capabilities'];
  readonly findings: readonly CheckFinding[];
};

/**
 * An empty POST is always refused (a project is required) and stores nothing, but its error tree lists the fields
 * the form has for this token: that is how Kimai's permissions and tracking mode show.
 */
export async function probeForm(client: KimaiClient): Promise<FormProbe> {
  const answer = await client.attempt({ method: 'POST', path: '/timesheets', body: {}, effect: 'read' });
  if (answer.status === 403) return { capabilities: {}, findings: [missing('create_own_timesheet')] };
  const fields = formFields(answer.body);
  if (answer.status !== 400 || fields.length === 0) {
    throw new SyncError('contract_broken', `an empty POST /timesheets answered ${answer.status}`, {
      status: answer.status,
    });
  }
  const books = fields.includes('user');
  const places = fields.includes('begin') && fields.includes('end');
  return {
    capabilities: {
      booksForOthers: books,
      placesTimes: places,
      setsBillable: fields.includes('billable'),
      setsExported: fields.includes('exported'),
    },
    findings: [
      books ? finding('ok', 'kimai_books_for_others', {}) : missing('create_other_timesheet'),
      ...(places ? [] : [missing(OTHERS_PERMISSION)]),
      // The field is in the form of those who may set it: whoever may export may also open what was exported.
      ...(fields.includes('exported') ? [finding('warning', 'kimai_token_may_export', {})] : []),
    ],
  };
}

const missing = (permission: string): CheckFinding =>
  finding('error', 'kimai_permission_missing', { permission });
