import { newUser } from './rows.js';
import { type KimaiWorld, kimaiWorld } from './world.js';

/** What the service account of the recordings may do beyond ROLE_USER. */
const SYNC_PERMISSIONS = [
  'view_user',
  'view_all_data',
  'view_other_timesheet',
  'create_other_timesheet',
  'edit_other_timesheet',
  'delete_other_timesheet',
  'edit_billable_own_timesheet',
  'edit_billable_other_timesheet',
  'view_customer',
  'view_project',
  'view_activity',
  'create_customer',
  'create_project',
  'create_activity',
];

/**
 * World `contract`: users, tokens and roles under which the answers of a live Kimai were recorded; nothing booked
 * yet, ids start at 1.
 */
export function contractWorld(): KimaiWorld {
  const users = [
    newUser({ id: 1, username: 'admin', roles: ['ROLE_SUPER_ADMIN'] }),
    newUser({ id: 2, username: 'anna' }),
    newUser({ id: 3, username: 'ben' }),
    newUser({ id: 4, username: 'lena', roles: ['ROLE_TEAMLEAD'] }),
    newUser({ id: 5, username: 'boss', roles: ['ROLE_ADMIN'] }),
    newUser({ id: 6, username: 'sync', roles: ['ROLE_SYNC'] }),
    newUser({ id: 7, username: 'carl', enabled: false }),
  ];
  const tokens = users.map(({ id, username }) => ({ token: `tok_${username}`, userId: id, expiresAt: null }));
  return kimaiWorld({
    users,
    tokens: [...tokens, { token: 'tok_expired', userId: 5, expiresAt: '2020-01-01T00:00:00Z' }],
    roles: { ROLE_SYNC: Object.fromEntries(SYNC_PERMISSIONS.map((name) => [name, true])) },
  });
}

/** World `empty`: only the users. */
export function emptyWorld(): KimaiWorld {
  return contractWorld();
}
