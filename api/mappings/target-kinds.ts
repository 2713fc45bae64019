import type { CatalogueEntry, CatalogueKind } from '../../db/stores/catalogue-view.js';
import type { MappingKind } from './mapping-shape.contract.js';

/** What of Kimai each kind is mapped to; customers are booked on a project. */
export const TARGET_KINDS = {
  activities: 'activity',
  users: 'user',
  customers: 'project',
} as const satisfies Record<MappingKind, CatalogueKind>;

export const presentTarget = (entry: CatalogueEntry) => ({
  id: entry.id,
  name: entry.name,
  parentName: entry.parentName,
  number: entry.number,
  email: entry.email,
  active: entry.active,
});
