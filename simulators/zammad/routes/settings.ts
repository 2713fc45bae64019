import { isRecord, type Reply } from '../../kit/index.js';
import { can, canAnyOf, permissionRefusal, require } from '../caller.js';
import { forbidden, invalid, notFound } from '../errors.js';
import { text } from '../params.js';
import { plainUser } from '../render/records.js';
import { ownAssets } from '../render/assets.js';
import { versionNumber, type Settings } from '../world.js';
import { answer, pathId, type RouteTable, type Visit } from './visit.js';

type Definition = {
  readonly name: keyof Settings;
  readonly title: string;
  readonly permissions: readonly string[];
  /** Told to the web client, and so to every signed-in user. */
  readonly frontend: boolean;
};

const ACCOUNTING = ['admin.time_accounting'] as const;
const FIRST_ID = 40;
const DEFINITIONS: readonly Definition[] = [
  { name: 'product_name', title: 'Product Name', permissions: ['admin.branding'], frontend: true },
  { name: 'ticket_hook', title: 'Ticket Hook', permissions: ['admin.ticket'], frontend: true },
  { name: 'timezone_default', title: 'Default Timezone', permissions: ['admin.system'], frontend: true },
  { name: 'maintenance_mode', title: 'Maintenance Mode', permissions: ['admin.maintenance'], frontend: true },
  { name: 'api_token_access', title: 'API Token Access', permissions: ['admin.api'], frontend: false },
  { name: 'api_password_access', title: 'API Password Access', permissions: ['admin.api'], frontend: false },
  { name: 'fqdn', title: 'Fully Qualified Domain Name', permissions: ['admin.system'], frontend: true },
  { name: 'http_type', title: 'HTTP type', permissions: ['admin.system'], frontend: true },
  {
    name: 'ticket_organization_reassignment',
    title: 'Reassign tickets to another organization',
    permissions: ['admin.ticket'],
    frontend: false,
  },
  // Permission-less settings are shown to whoever may list any.
  {
    name: 'ui_ticket_zoom_article_delete_timeframe',
    title: 'Time frame for deleting articles',
    permissions: [],
    frontend: true,
  },
  ...(
    [
      ['time_accounting', 'Time Accounting'],
      ['time_accounting_selector', 'Time Accounting Selector'],
      ['time_accounting_unit', 'Time Accounting Unit'],
      ['time_accounting_unit_custom', 'Custom Time Accounting Unit'],
      ['time_accounting_types', 'Time Accounting Types'],
      ['time_accounting_type_default', 'Default Time Accounting Type'],
    ] as const
  ).map(([name, title]) => ({ name, title, permissions: ACCOUNTING, frontend: true })),
];
/** What a fresh installation has; every setting of the list that is not named here begins empty. */
const INITIAL: Readonly<Record<string, unknown>> = {
  time_accounting: false,
  time_accounting_selector: {},
  time_accounting_types: false,
  maintenance_mode: false,
  api_token_access: true,
  api_password_access: true,
  ticket_organization_reassignment: true,
  ui_ticket_zoom_article_delete_timeframe: 600,
  product_name: 'Zammad Helpdesk',
  ticket_hook: 'Ticket#',
};
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
    frontend: definition.frontend,
    preferences: {
      authentication: true,
      ...(definition.permissions.length > 0 ? { permission: [...definition.permissions] } : {}),
    },
    created_at: at,
    updated_at: at,
  };
}

const mayRead = (visit: Visit, definition: Definition): boolean =>
  definition.permissions.length === 0 ||
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
  const { state_current: current, state } = visit.params;
  const value = isRecord(current) ? current['value'] : state;
  if (value === undefined) throw invalid('State current is invalid');
  Reflect.set(visit.world.settings, definition.name, value);
  return answer(200, rendered(visit, definition));
}

/** What the web client is told; the accounting settings are among it for every signed-in user, and for nobody else. */
function frontendConfig(visit: Visit): Record<string, unknown> {
  return Object.fromEntries(
    definitions(visit)
      .filter(({ frontend }) => frontend)
      .map(({ name }) => [name, visit.world.settings[name]]),
  );
}

function signshow(visit: Visit): Reply {
  const { user } = visit.caller;
  const types = Object.values(visit.world.types);
  const assets = ownAssets(visit.world, 'TicketTimeAccountingType', types);
  ownAssets(visit.world, 'User', [{ ...plainUser(user), id: user.id }], assets);
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

/** Settings and the other ways to read them, and the version. */
export const settingRoutes: RouteTable = [
  ['GET', '/api/v1/settings', index],
  ['GET', '/api/v1/settings/:id', show],
  ['PUT', '/api/v1/settings/:id', update],
  ['GET', '/api/v1/settings/area/:area', index],
  ['GET', '/api/v1/signshow', signshow],
  ['POST', '/graphql', graphql],
  ['GET', '/api/v1/version', version],
];
