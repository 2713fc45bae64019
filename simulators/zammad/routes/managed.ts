import type { Reply } from '../../kit/index.js';
import { require } from '../caller.js';
import { ownAssets } from '../render/assets.js';
import { authors } from '../render/records.js';
import { nextId, type Rows, type ZammadWorld } from '../world.js';
import { answer, find, indexAnswer, pathId, recordAnswer, type RouteTable, type Visit } from './visit.js';

type Managed = {
  readonly id: number;
  readonly created_by_id: number;
  readonly updated_by_id: number;
  readonly created_at: string;
  readonly updated_at: string;
};

/** A table that admins keep by the five usual routes, e.g. webhooks and triggers. */
type ManagedTable<R extends Managed> = {
  readonly path: string;
  readonly model: string;
  readonly permission: string;
  readonly columns: ReadonlySet<string>;
  readonly table: 'webhooks' | 'triggers';
  readonly rows: (world: ZammadWorld) => Rows<R>;
  /** A row with the form's standard values. */
  readonly fresh: (visit: Visit) => R;
  /** The row with what a body says of it; throws what Zammad answers to what it does not take. */
  readonly applied: (visit: Visit, before: R) => R;
  /** Throws when the row is needed elsewhere. */
  readonly assertUnused?: (visit: Visit, row: R) => void;
  /** What the API shows beside the columns. */
  readonly beside?: Readonly<Record<string, unknown>>;
};

export function managedRoutes<R extends Managed>(kept: ManagedTable<R>): RouteTable {
  const { path, permission, columns, model } = kept;
  const renderers = (visit: Visit) => ({
    plain: (row: R) => ({ ...row, ...kept.beside }),
    expand: (row: R) => ({ ...row, ...kept.beside, ...authors(visit.world, row) }),
    assets: (rows: readonly R[]) => ownAssets(visit.world, model, rows),
  });
  const rowsFor = ({ world, caller }: Visit): Rows<R> => {
    require(world, caller, permission);
    return kept.rows(world);
  };
  const found = (visit: Visit): R => find(visit.world, rowsFor(visit), model, pathId(visit));
  const store = (visit: Visit, row: R, status: number): Reply => {
    kept.rows(visit.world)[row.id] = row;
    return recordAnswer(visit, row, renderers(visit), status);
  };
  return [
    ['GET', path, (visit) => indexAnswer(visit, Object.values(rowsFor(visit)), columns, renderers(visit))],
    ['GET', `${path}/:id`, (visit) => recordAnswer(visit, found(visit), renderers(visit))],
    [
      'POST',
      path,
      (visit) => {
        rowsFor(visit);
        const draft = kept.applied(visit, kept.fresh(visit));
        return store(visit, { ...draft, id: nextId(visit.world, kept.table) }, 201);
      },
    ],
    [
      'PUT',
      `${path}/:id`,
      (visit) => {
        const row = kept.applied(visit, found(visit));
        return store(visit, { ...row, updated_at: visit.at, updated_by_id: visit.caller.user.id }, 200);
      },
    ],
    [
      'DELETE',
      `${path}/:id`,
      (visit) => {
        const row = found(visit);
        kept.assertUnused?.(visit, row);
        delete kept.rows(visit.world)[row.id];
        return answer(200, {});
      },
    ],
  ];
}
