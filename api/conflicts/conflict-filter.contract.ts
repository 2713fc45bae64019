import * as yup from 'yup';
import { CONFLICT_KINDS } from '../../domain/conflict.js';
import { queryList, slug, uuid } from '../fields.contract.js';
import { CONFLICT_VIEWS } from './conflict-shape.contract.js';

/** What list, groups and counts filter by, alike. */
export const conflictFilter = {
  view: yup.string().oneOf(CONFLICT_VIEWS, '${path} must be one of: ${values}').default('open'),
  /** One or several kinds, separated by commas. */
  kind: queryList(CONFLICT_KINDS),
  /** The reason's code, as `groups` tells it. */
  cause: yup.string().max(80),
  /** A customer's key (`organization:<id>` or `customer:<id>`), as `groups` tells it. */
  customer: yup.string().max(120),
  /** The Zammad id of the person, as `groups` tells it. */
  person: yup.string().max(60),
  bridge: slug(),
  /** Whose cases: assigned to this person, or to nobody in a bridge where this person is on duty. */
  assignee: uuid(),
  /** Searches ticket number and title, customer and person. */
  q: yup.string().max(200),
};
