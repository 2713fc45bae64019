import { isRecord } from '../kit/index.js';

/** A user. `roles` leaves out ROLE_USER, which everybody has. */
export interface KimaiUser {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly alias: string | null;
  readonly title: string | null;
  readonly accountNumber: string | null;
  readonly enabled: boolean;
  readonly systemAccount: boolean;
  readonly timezone: string;
  readonly language: string;
  readonly locale: string;
  readonly roles: readonly string[];
  readonly color: string | null;
  /** Id of the user who supervises. */
  readonly supervisor: number | null;
  /** Money an hour, the user's preference; 0 when none is set. */
  readonly hourlyRate: number;
  /** What an hour costs; null takes the hourly rate. */
  readonly internalRate: number | null;
  /** Further preferences that people set: `first_weekday`, `skin`, … */
  readonly preferences: Readonly<Record<string, string>>;
}

/** An API token; `expiresAt` is an ISO instant. Its id is only ever named to delete it. */
export interface KimaiToken {
  readonly id?: number;
  readonly token: string;
  readonly userId: number;
  readonly expiresAt: string | null;
}

/** A team. What it may see is said at the customer, project or activity (`teams`). */
export interface KimaiTeam {
  readonly id: number;
  readonly name: string;
  readonly color: string | null;
  readonly members: readonly { readonly userId: number; readonly lead: boolean }[];
}

/** What customers, projects and activities share. Budgets: money, seconds, `month` or null for the whole life. */
export interface KimaiEntity {
  readonly id: number;
  readonly name: string;
  readonly number: string | null;
  readonly comment: string | null;
  readonly invoiceText: string | null;
  readonly visible: boolean;
  readonly billable: boolean;
  readonly color: string | null;
  /** Team ids; empty means open to everybody. */
  readonly teams: readonly number[];
  readonly budget: number;
  readonly timeBudget: number;
  readonly budgetType: 'month' | null;
}

/** A customer. */
export interface KimaiCustomer extends KimaiEntity {
  readonly company: string | null;
  readonly vatId: string | null;
  readonly contact: string | null;
  readonly address: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly addressLine3: string | null;
  readonly postCode: string | null;
  readonly city: string | null;
  readonly country: string;
  readonly language: string | null;
  readonly currency: string;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly homepage: string | null;
  readonly timezone: string;
  readonly invoiceEmail: string | null;
  readonly buyerReference: string | null;
}

/** A project; dates are `YYYY-MM-DD`. */
export interface KimaiProject extends KimaiEntity {
  readonly customer: number;
  readonly orderNumber: string | null;
  readonly orderDate: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly globalActivities: boolean;
}

/** An activity; `project` null means global. */
export interface KimaiActivity extends KimaiEntity {
  readonly project: number | null;
}

/** A tag. Hidden ones can be attached, but neither listed nor filtered by. */
export interface KimaiTag {
  readonly id: number;
  readonly name: string;
  readonly visible: boolean;
  readonly color: string | null;
}

/** What work on a customer, project or activity costs, for everybody or for one user. */
export interface KimaiRate {
  readonly id: number;
  readonly kind: 'customer' | 'project' | 'activity';
  /** Id of the customer, project or activity. */
  readonly of: number;
  readonly user: number | null;
  readonly rate: number;
  readonly internalRate: number | null;
  readonly isFixed: boolean;
}

/** What a person noted at a customer or project. */
export interface KimaiComment {
  readonly id: number;
  readonly kind: 'customer' | 'project';
  /** Id of the customer or project. */
  readonly of: number;
  readonly message: string;
  readonly createdBy: number;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly pinned: boolean;
}

/** A timesheet record. Instants are whole seconds since 1970, `duration` and `break` seconds. */
export interface KimaiTimesheet {
  readonly id: number;
  readonly user: number;
  readonly project: number;
  readonly activity: number;
  readonly begin: number;
  /** Null while the timer runs. */
  readonly end: number | null;
  readonly duration: number;
  readonly break: number;
  /** Zone in which the record is shown: the owner's at the last change. */
  readonly timezone: string;
  /** Day of Kimai's reports, in the zone the begin was sent in. */
  readonly dateTz: string;
  readonly description: string | null;
  /** Tag ids, ascending. */
  readonly tags: readonly number[];
  readonly exported: boolean;
  readonly billable: boolean;
  readonly fixedRate: number | null;
  readonly hourlyRate: number | null;
  readonly rate: number;
  readonly internalRate: number;
  /** Custom fields by name; a stock Kimai has none. */
  readonly meta: Readonly<Record<string, string>>;
  /** Null for rows that nobody touched since Kimai 1.10. */
  readonly modifiedAt: number | null;
}

/** Kinds of rows that get ids. */
export type KimaiTable =
  | 'users'
  | 'teams'
  | 'customers'
  | 'projects'
  | 'activities'
  | 'tags'
  | 'timesheets'
  | `${KimaiRate['kind']}Rates`
  | `${KimaiComment['kind']}Comments`;

/** All that a simulated Kimai holds: a plain object that can be kept as JSON. */
export interface KimaiWorld {
  readonly schema: 'kimai-2';
  /** Highest id ever given per table. Ids are never given twice, so they may have gaps. */
  readonly lastIds: Partial<Record<KimaiTable, number>>;
  /** Settings that differ from stock, as texts: `{"timesheet.mode": "punch"}`. */
  settings: Record<string, string>;
  /** Permissions granted (true) or revoked (false) per role, beyond the stock roles. */
  roles: Record<string, Record<string, boolean>>;
  /** Names of custom fields that a plugin registered for timesheets. */
  metaFieldNames: Record<string, true>;
  users: KimaiUser[];
  tokens: KimaiToken[];
  teams: KimaiTeam[];
  customers: KimaiCustomer[];
  projects: KimaiProject[];
  activities: KimaiActivity[];
  tags: KimaiTag[];
  rates: KimaiRate[];
  timesheets: KimaiTimesheet[];
  /** Absent until the first one is written. */
  comments?: KimaiComment[];
  /** Records that a user keeps as templates, by the user's id; the one added last comes first. */
  favorites?: Record<number, readonly number[]>;
}

/** The rows that a world is made of; what is left out is empty. */
export type KimaiRows = Partial<Omit<KimaiWorld, 'schema' | 'lastIds'>>;

/** Makes a world of rows; the next ids follow the highest that are there. */
export function kimaiWorld(rows: KimaiRows): KimaiWorld {
  const tables = {
    users: rows.users ?? [],
    teams: rows.teams ?? [],
    customers: rows.customers ?? [],
    projects: rows.projects ?? [],
    activities: rows.activities ?? [],
    tags: rows.tags ?? [],
    rates: rows.rates ?? [],
    timesheets: rows.timesheets ?? [],
  };
  const ratesOf = (kind: KimaiRate['kind']) => tables.rates.filter((rate) => rate.kind === kind);
  const last = (list: readonly { readonly id: number }[]) =>
    list.reduce((most, { id }) => Math.max(most, id), 0);
  return {
    schema: 'kimai-2',
    lastIds: {
      users: last(tables.users),
      teams: last(tables.teams),
      customers: last(tables.customers),
      projects: last(tables.projects),
      activities: last(tables.activities),
      tags: last(tables.tags),
      timesheets: last(tables.timesheets),
      customerRates: last(ratesOf('customer')),
      projectRates: last(ratesOf('project')),
      activityRates: last(ratesOf('activity')),
    },
    settings: rows.settings ?? {},
    roles: rows.roles ?? {},
    metaFieldNames: rows.metaFieldNames ?? {},
    tokens: (rows.tokens ?? []).map((token, index) => ({ id: index + 1, ...token })),
    ...tables,
  };
}

/** Tells a kept world of this version from anything else. */
export function isKimaiWorld(value: unknown): value is KimaiWorld {
  return isRecord(value) && value['schema'] === 'kimai-2' && Array.isArray(value['timesheets']);
}
