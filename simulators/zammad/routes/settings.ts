import { isRecord, type Reply } from '../../kit/index.js';
import { can, canAnyOf, permissionRefusal, require } from '../caller.js';
import { forbidden, invalid, notFound } from '../errors.js';
import { text } from '../params.js';
import { plainUser } from '../render/records.js';
import { ownAssets } from '../render/assets.js';
import { webhookPayload } from '../webhooks/payload.js';
import { versionNumber, type Settings } from '../world.js';
import { answer, pathId, type RouteTable, type Visit } from './visit.js';

type Definition = {
  readonly name: keyof Settings;
  readonly title: string;
  readonly permissions: readonly string[];
};

const ACCOUNTING = ['admin.time_accounting'] as const;
const FIRST_ID = 40;
const DEFINITIONS: readonly Definition[] = [
  { name: 'product_name', title: 'Product Name', permissions: ['admin.branding'] },
  { name: 'ticket_hook', title: 'Ticket Hook', permissions: ['admin.ticket'] },
  { name: 'timezone_default', title: 'Default Timezone', permissions: ['admin.system'] },
  { name: 'maintenance_mode', title: 'Maintenance Mode', permissions: ['admin.maintenance'] },
  { name: 'api_token_access', title: 'API Token Access', permissions: ['admin.api'] },
  { name: 'api_password_access', title: 'API Password Access', permissions: ['admin.api'] },
  { name: 'time_accounting', title: 'Time Accounting', permissions: ACCOUNTING },
  { name: 'time_accounting_selector', title: 'Time Accounting Selector', permissions: ACCOUNTING },
  { name: 'time_accounting_unit', title: 'Time Accounting Unit', permissions: ACCOUNTING },
  { name: 'time_accounting_unit_custom', title: 'Custom Time Accounting Unit', permissions: ACCOUNTING },
  { name: 'time_accounting_types', title: 'Time Accounting Types', permissions: ACCOUNTING },
  { name: 'time_accounting_type_default', title: 'Default Time Accounting Type', permissions: ACCOUNTING },
];
const INITIAL: Readonly<Record<string, unknown>> = { time_accounting: false, time_accounting_selector: {} };
/** The unit and the types came with 6.1. */
const SINCE_601 = new Set([
  'time_accounting_unit',
  'time_accounting_unit_custom',
  'time_accounting_types',
  'time_accounting_type_default',
]);

const definitions = (visit: Visit) =>
  DEFINITIONS.map((definition, at) => ({ ...definition, id: FIRST_ID + at })).filter(
    ({ name }) => versionNumber(visit.world) >= 601 || !SINCE_601.has(name),
  );

function rendered(visit: Visit, definition: Definition & { readonly id: number }): Record<string, unknown> {
  const at = '2024-01-08T08:00:00.000Z';
  return {
    id: definition.id,
    title: definition.title,
    name: definition.name,
    area: 'Web::Base',
    description: '',
    options: {},
    state_current: { value: visit.world.settings[definition.name] },
    state_initial: { value: INITIAL[definition.name] ?? '' },
    frontend: definition.name.startsWith('time_accounting') || definition.name === 'product_name',
    preferences: { authentication: true, permission: [...definition.permissions] },
    created_at: at,
    updated_at: at,
  };
}

const mayRead = (visit: Visit, definition: Definition): boolean =>
  definition.permissions.some((permission) => can(visit.world, visit.caller, permission));

function requireAnyAdmin(visit: Visit): void {
  if (!canAnyOf(visit.world, visit.caller, 'admin')) throw permissionRefusal(visit.world, visit.caller);
}

function index(visit: Visit): Reply {
  requireAnyAdmin(visit);
  const shown = definitions(visit).filter((definition) => mayRead(visit, definition));
  return answer(
    200,
    shown.map((definition) => rendered(visit, definition)),
  );
}

function named(visit: Visit): Definition & { readonly id: number } {
  requireAnyAdmin(visit);
  const definition = definitions(visit).find((row) => row.id === pathId(visit));
  if (!definition) throw notFound(visit.world, 'Setting', pathId(visit));
  if (mayRead(visit, definition)) return definition;
  throw forbidden(`Not authorized (required ${JSON.stringify(definition.permissions)})!`);
}

const show = (visit: Visit): Reply => answer(200, rendered(visit, named(visit)));

function update(visit: Visit): Reply {
  const definition = named(visit);
  const state = visit.params['state_current'];
  if (!isRecord(state) || !Object.hasOwn(state, 'value')) throw invalid('State current is invalid');
  Reflect.set(visit.world.settings, definition.name, state['value']);
  return answer(200, rendered(visit, definition));
}

/** What the web client is told; the accounting settings are among it for every signed-in user. */
function frontendConfig(visit: Visit): Record<string, unknown> {
  return Object.fromEntries(
    definitions(visit)
      .filter(({ name }) => name.startsWith('time_accounting') || name === 'product_name')
      .map(({ name }) => [name, visit.world.settings[name]]),
  );
}

function signshow(visit: Visit): Reply {
  const { user } = visit.caller;
  const types = Object.values(visit.world.types);
  const assets = {
    ...ownAssets('TicketTimeAccountingType', types),
    User: { [String(user.id)]: plainUser(user) },
  };
  return answer(200, {
    session: plainUser(user),
    models: {},
    collections: {},
    assets,
    config: frontendConfig(visit),
  });
}

function graphql(visit: Visit): Reply {
  const query = text(visit.params, 'query') ?? '';
  if (!/applicationConfig\s*\{/.test(query)) {
    return answer(200, { errors: [{ message: 'This simulator answers the query applicationConfig only.' }] });
  }
  const applicationConfig = Object.entries(frontendConfig(visit)).map(([key, value]) => ({ key, value }));
  return answer(200, { data: { applicationConfig } });
}

function version(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin');
  return answer(200, { version: visit.world.installation.version });
}

function preview(visit: Visit): Reply {
  require(visit.world, visit.caller, 'admin.webhook');
  const tickets = Object.values(visit.world.tickets);
  const newest = tickets.at(-1);
  return answer(200, newest ? webhookPayload(visit.world, newest, null) : {});
}

/** Settings and the other ways to read them, version, webhook preview. */
export const settingRoutes: RouteTable = [
  ['GET', '/api/v1/settings', index],
  ['GET', '/api/v1/settings/:id', show],
  ['PUT', '/api/v1/settings/:id', update],
  ['GET', '/api/v1/settings/area/:area', index],
  ['GET', '/api/v1/signshow', signshow],
  ['POST', '/graphql', graphql],
  ['GET', '/api/v1/version', version],
  ['GET', '/api/v1/webhooks/preview', preview],
];
