import { baseWorld, makeToken, makeUser } from './base-world.js';
import type { ZammadWorld } from './world.js';

/** Scoped wider than the role, so that a test sees the role decide; `tok_sync` has just what a connector needs. */
const SYNC_PERMISSIONS = ['admin.time_accounting', 'ticket.agent'] as const;

/**
 * World `empty`: users, their tokens, the group "Users" and the settings; no organization, ticket or type.
 * Ids: 2 admin, 3 agent, 4 read-only agent, 5 customer, 6 sync.
 */
export function emptyWorld(now: Date): ZammadWorld {
  const at = now.toISOString();
  const world = baseWorld('empty', at);
  const people = [
    makeUser({
      id: 2,
      login: 'admin@example.com',
      firstname: 'Ada',
      lastname: 'Admin',
      roles: [1, 2],
      groups: { 1: ['full'] },
      at,
    }),
    makeUser({
      id: 3,
      login: 'agent@example.com',
      firstname: 'Anna',
      lastname: 'Agent',
      roles: [2],
      groups: { 1: ['full'] },
      at,
    }),
    makeUser({
      id: 4,
      login: 'readonly@example.com',
      firstname: 'Rita',
      lastname: 'Reader',
      roles: [2],
      groups: { 1: ['read'] },
      at,
    }),
    makeUser({
      id: 5,
      login: 'customer@example.com',
      firstname: 'Carla',
      lastname: 'Customer',
      roles: [3],
      at,
    }),
    makeUser({
      id: 6,
      login: 'sync@example.com',
      firstname: 'Time',
      lastname: 'Sync',
      roles: [4],
      groups: { 1: ['read'] },
      at,
    }),
  ];
  for (const person of people) world.users[person.id] = person;
  world.last_id['users'] = 6;
  world.tokens = [
    makeToken('tok_admin', 2, ['admin', 'ticket.agent']),
    makeToken('tok_agent', 3, ['ticket.agent']),
    makeToken('tok_readonly', 4, ['ticket.agent']),
    makeToken('tok_customer', 5, ['ticket.customer']),
    makeToken('tok_sync', 6, SYNC_PERMISSIONS),
  ];
  return world;
}

/** World `contract`: as `empty`, with one organization (1) that the customer belongs to. Ticket, entry and type ids start at 1. */
export function contractWorld(now: Date): ZammadWorld {
  const world = emptyWorld(now);
  const at = now.toISOString();
  world.name = 'contract';
  world.organizations[1] = {
    id: 1,
    name: 'Example GmbH',
    shared: true,
    domain: 'example.com',
    domain_assignment: false,
    active: true,
    vip: false,
    note: '',
    created_by_id: 1,
    updated_by_id: 1,
    created_at: at,
    updated_at: at,
  };
  world.last_id['organizations'] = 1;
  const customer = world.users[5];
  if (customer) customer.organization_id = 1;
  return world;
}
