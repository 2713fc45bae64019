import { isRecord } from '../../kit/index.js';
import { invalid, ZammadFailure } from '../errors.js';
import { flag, sent, text } from '../params.js';
import { compileCondition } from '../selector.js';
import { makeTrigger } from '../webhooks/rows.js';
import type { TriggerRow } from '../world.js';
import { managedRoutes } from './managed.js';
import type { RouteTable, Visit } from './visit.js';

const COLUMNS = new Set(['id', 'name', 'activator', 'active', 'note', 'created_at', 'updated_at']);
const NOTE_LENGTH = 250;

/** A condition that the builder gives up on, or that names what there is not, is refused. */
function isUsable({ world, at, caller }: Visit, condition: unknown): boolean {
  const happened = { action: 'update', article: null, changes: new Set<string>(), changesRequired: false };
  try {
    return compileCondition({ world, now: at, user: caller.user, happened }, condition) !== null;
  } catch (cause) {
    if (cause instanceof ZammadFailure) return false;
    throw cause;
  }
}

function refuseInvalid(visit: Visit, row: TriggerRow): void {
  if (row.name.trim() === '') throw invalid("Name can't be blank");
  const others = Object.values(visit.world.triggers).filter((other) => other.id !== row.id);
  if (others.some((other) => other.name.toLowerCase() === row.name.toLowerCase()))
    throw invalid('Name has already been taken');
  if (!isUsable(visit, row.condition)) throw invalid('Condition is invalid');
  if (Object.keys(row.perform).length === 0) throw invalid("Perform can't be blank");
  if ((row.note ?? '').length > NOTE_LENGTH)
    throw invalid(`Note is too long (maximum is ${NOTE_LENGTH} characters)`);
}

/** The row with what a body says of it. */
function applied(visit: Visit, before: TriggerRow): TriggerRow {
  const { params } = visit;
  const { condition, perform, activator, execution_condition_mode: mode } = params;
  if (activator !== undefined && activator !== 'action' && activator !== 'time')
    throw invalid('Activator is not included in the list');
  if (mode !== undefined && mode !== 'selective' && mode !== 'always')
    throw invalid('Execution condition mode is not included in the list');
  const row: TriggerRow = {
    ...before,
    name: text(params, 'name') ?? before.name,
    condition: isRecord(condition) ? condition : before.condition,
    perform: isRecord(perform) ? perform : before.perform,
    activator: activator ?? before.activator,
    execution_condition_mode: mode ?? before.execution_condition_mode,
    note: sent(params, 'note') ? text(params, 'note') : before.note,
    active: sent(params, 'active') ? flag(params, 'active') : before.active,
    disable_notification: sent(params, 'disable_notification')
      ? flag(params, 'disable_notification')
      : before.disable_notification,
  };
  refuseInvalid(visit, row);
  return row;
}

/** Triggers. Of their actions only the webhook is carried out. */
export const triggerRoutes: RouteTable = managedRoutes<TriggerRow>({
  ...{ path: '/api/v1/triggers', model: 'Trigger', permission: 'admin.trigger', columns: COLUMNS },
  table: 'triggers',
  rows: ({ triggers }) => triggers,
  fresh: ({ at, caller }) => makeTrigger(0, { at, userId: caller.user.id }, ''),
  applied,
});
