/** Permission sets and stock roles, as Kimai's `config/packages/kimai.yaml` has them (2.66), as far as the API asks. */
const OBJECT_RIGHTS = [
  'view',
  'create',
  'edit',
  'budget',
  'time',
  'delete',
  'permissions',
  'comments',
  'details',
];
const TEAMLEAD_RIGHTS = ['view', 'budget', 'time', 'comments', 'details'];
const TIMESHEET_RIGHTS = ['view', 'start', 'stop', 'create', 'edit', 'export', 'delete'];

const everyone = ['api_access', 'hours_own_profile'];
const profile = ['view', 'edit', 'password', 'preferences', 'api-token'].map(
  (right) => `${right}_own_profile`,
);
const profileOther = [
  'view',
  'edit',
  'password',
  'roles',
  'preferences',
  'api-token',
  'teams',
  'supervisor',
].map((right) => `${right}_other_profile`);
const timesheet = [...TIMESHEET_RIGHTS, 'weekly'].map((right) => `${right}_own_timesheet`);
const timesheetOther = TIMESHEET_RIGHTS.map((right) => `${right}_other_timesheet`);
const objects = ['customer', 'project', 'activity'].flatMap((kind) =>
  OBJECT_RIGHTS.map((right) => `${right}_${kind}`),
);
const objectsOfTeamlead = [
  ...['customer', 'project'].flatMap((kind) => TEAMLEAD_RIGHTS.map((right) => `${right}_teamlead_${kind}`)),
  'create_activity',
  ...['view', 'edit', 'budget', 'time'].map((right) => `${right}_teamlead_activity`),
];
const ownAndOther = (right: string) => [`${right}_own_timesheet`, `${right}_other_timesheet`];
const exporting = ['create_export', ...ownAndOther('edit_export')];
const tags = ['view_tag', 'manage_tag', 'create_tag', 'delete_tag'];
const invoices = ['view_invoice', 'create_invoice'];
const admin = [
  ...objects,
  ...invoices,
  'manage_invoice_template',
  ...timesheet,
  ...timesheetOther,
  ...profile,
  ...['view_team', 'create_team', 'edit_team', 'delete_team'],
  ...ownAndOther('view_rate'),
  ...ownAndOther('edit_rate'),
  ...exporting,
  ...ownAndOther('edit_billable'),
  ...tags,
  ...['lockdown_grace_timesheet', 'lockdown_override_timesheet'],
  ...everyone,
  ...['edit_exported_timesheet', 'view_all_data', 'view_team_member', 'hours_other_profile'],
  'hourly-rate_own_profile',
];

/** Permissions of the stock roles. A role that is not here has only what a world grants it. */
export const STOCK_ROLES: Readonly<Record<string, ReadonlySet<string>>> = {
  ROLE_USER: new Set([
    ...timesheet,
    ...profile,
    ...everyone,
    'view_team_member',
    'time_team_project',
    'create_tag',
  ]),
  ROLE_TEAMLEAD: new Set([
    ...objectsOfTeamlead,
    ...invoices,
    ...timesheet,
    ...timesheetOther,
    ...profile,
    ...exporting,
    ...ownAndOther('edit_billable'),
    ...tags,
    ...everyone,
    ...ownAndOther('view_rate'),
    ...['view_team_member', 'hourly-rate_own_profile'],
  ]),
  ROLE_ADMIN: new Set(admin),
  ROLE_SUPER_ADMIN: new Set([
    ...admin,
    ...profileOther,
    ...['view_user', 'create_user', 'delete_user', 'role_permissions', 'hourly-rate_other_profile'],
    ...['roles_own_profile', 'supervisor_own_profile'],
    ...['system_configuration', 'delete_invoice'],
  ]),
};

/** Rights that nobody can take from the super admin (`RolePermissionManager`). */
export const IRREVOCABLE: ReadonlySet<string> = new Set(['view_all_data', 'role_permissions', 'view_user']);

/** All names that stock Kimai knows, to catch misspelt ones. */
export const PERMISSION_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(STOCK_ROLES).flatMap((names) => [...names]),
  ...['customer', 'project', 'activity'].flatMap((kind) =>
    ['team', 'teamlead'].flatMap((who) => OBJECT_RIGHTS.map((right) => `${right}_${who}_${kind}`)),
  ),
]);
