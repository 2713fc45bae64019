import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { invalid } from '../errors.js';
import { flag, sent, text } from '../params.js';
import { ownAssets } from '../render/assets.js';
import { authors } from '../render/records.js';
import { nextId, type TypeRow } from '../world.js';
import { find, indexAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

const NOTE_LENGTH = 250;
const COLUMNS = new Set([
  'id',
  'name',
  'note',
  'active',
  'updated_by_id',
  'created_by_id',
  'created_at',
  'updated_at',
]);

const renderers = (visit: Visit) => ({
  plain: (type: TypeRow) => ({ ...type }),
  expand: (type: TypeRow) => ({ ...type, ...authors(visit.world, type) }),
  assets: (types: readonly TypeRow[]) => ownAssets(visit.world, 'TicketTimeAccountingType', types),
});

function refuse(visit: Visit, name: string, note: string | null, self: number | null): void {
  if (name.trim() === '') throw invalid("Name can't be blank");
  const taken = Object.values(visit.world.types).some(
    (type) => type.id !== self && type.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw invalid('Name has already been taken');
  if ((note ?? '').length > NOTE_LENGTH)
    throw invalid(`Note is too long (maximum is ${NOTE_LENGTH} characters)`);
}

function index(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.time_accounting');
  return indexAnswer(visit, Object.values(visit.world.types), COLUMNS, renderers(visit));
}

function create(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.time_accounting');
  const name = text(params, 'name') ?? '';
  const note = text(params, 'note');
  refuse(visit, name, note, null);
  const by = { updated_by_id: caller.user.id, created_by_id: caller.user.id, created_at: at, updated_at: at };
  const active = !sent(params, 'active') || flag(params, 'active');
  const type: TypeRow = { id: nextId(world, 'types'), name, note, active, ...by };
  world.types[type.id] = type;
  return recordAnswer(visit, type, renderers(visit), 201);
}

function update(visit: Visit): Reply {
  const { world, caller, params, at } = visit;
  require(world, caller, 'admin.time_accounting');
  const type = find(world, world.types, 'Ticket::TimeAccounting::Type', pathId(visit));
  const name = sent(params, 'name') ? (text(params, 'name') ?? '') : type.name;
  const note = sent(params, 'note') ? text(params, 'note') : type.note;
  const active = sent(params, 'active') ? flag(params, 'active') : type.active;
  refuse(visit, name, note, type.id);
  const changed = name !== type.name || note !== type.note || active !== type.active;
  const next = changed
    ? { ...type, name, note, active, updated_at: at, updated_by_id: caller.user.id }
    : type;
  world.types[type.id] = next;
  return recordAnswer(visit, next, renderers(visit));
}

/** Activity types (6.1+): never deleted, renamed under the same id; there is no GET of a single one. */
export const typeRoutes: RouteTable = [
  ['GET', '/api/v1/time_accounting/types', index],
  ['POST', '/api/v1/time_accounting/types', create],
  ['PUT', '/api/v1/time_accounting/types/:id', update],
  ['PATCH', '/api/v1/time_accounting/types/:id', update],
];
