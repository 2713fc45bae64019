import {
  kimaiWorld,
  newActivity,
  newCustomer,
  newProject,
  newTimesheet,
  newUser,
  type KimaiProject,
  type KimaiTimesheet,
  type KimaiUser,
  type KimaiWorld,
} from '../../kimai/index.js';
import type { ZammadWorld } from '../../zammad/world.js';
import { bookedEntries, isMapped, standsAlone, type Booked } from './booked.js';
import { addDays, instantAt, localDate, monthStart, weekday } from './calendar.js';
import {
  ACTIVITY_TYPES,
  AGENTS,
  COMPANY,
  INTERNAL_CUSTOMER_ID,
  INTERNAL_PROJECT_ID,
  KIMAI_ADMIN_ID,
  KIMAI_SYNC_ID,
  kimaiCustomerId,
  kimaiProjectId,
  loginOf,
  MEETING_ACTIVITY,
  ORGANIZATIONS,
  OTHER_ACTIVITY,
  type Agent,
} from './company.js';

/** What people typed into Kimai although it is in Zammad too, since the first of last month. */
const TYPED = [
  'exact',
  'withoutNumber',
  'exact',
  'otherDuration',
  'exact',
  'twice',
  'exact',
  'withoutNumber',
  'exact',
  'otherDuration',
  'exact',
  'twice',
  'exact',
  'withoutNumber',
  'exact',
  'otherDuration',
  'exact',
] as const;
/** One of so many older entries never made it into Kimai: that is why there is a bridge now. */
const FORGOTTEN = 11;

const SYNC_PERMISSIONS = [
  'view_user',
  'view_all_data',
  'view_other_timesheet',
  'create_other_timesheet',
  'edit_other_timesheet',
  'delete_other_timesheet',
  'edit_billable_own_timesheet',
  'edit_billable_other_timesheet',
  'view_rate_own_timesheet',
  'view_rate_other_timesheet',
  'view_customer',
  'view_project',
  'view_activity',
  'create_customer',
  'create_project',
  'create_activity',
] as const;

function users(): KimaiUser[] {
  const staff = AGENTS.map((agent) =>
    newUser({
      id: agent.kimaiId,
      username: `${agent.firstname}.${agent.lastname}`.toLowerCase(),
      alias: `${agent.firstname} ${agent.lastname}`,
      email: agent.kimaiEmail ?? loginOf(agent),
      language: 'de',
      hourlyRate: agent.hourlyRate,
    }),
  );
  const domain = 'weidner-it.example';
  const admin = {
    alias: 'Jana Weidner',
    email: `jana.weidner@${domain}`,
    language: 'de',
    roles: ['ROLE_SUPER_ADMIN'],
  };
  const sync = { alias: 'Timebridge', email: `timebridge@${domain}`, language: 'de', roles: ['ROLE_SYNC'] };
  return [
    newUser({ id: KIMAI_ADMIN_ID, username: 'jana.weidner', ...admin }),
    ...staff,
    newUser({ id: KIMAI_SYNC_ID, username: 'timebridge', ...sync }),
  ];
}

function projects(today: string): KimaiProject[] {
  const support = ORGANIZATIONS.map((organization) =>
    newProject({
      id: kimaiProjectId(organization),
      name: 'Support',
      customer: kimaiCustomerId(organization),
    }),
  );
  return [
    ...support,
    newProject({ id: INTERNAL_PROJECT_ID, name: 'Intern', customer: INTERNAL_CUSTOMER_ID, billable: false }),
    newProject({ id: 10, name: 'Umzug Exchange', customer: 3, end: addDays(monthStart(today, 0), -1) }),
    newProject({ id: 11, name: 'Wartungsvertrag', customer: 5, orderNumber: 'WV-2041' }),
    newProject({ id: 12, name: 'Netzwerk Neubau Halle 2', customer: 3, start: monthStart(today, -1) }),
  ];
}

type Typed = Pick<
  KimaiTimesheet,
  'user' | 'project' | 'activity' | 'begin' | 'end' | 'description' | 'exported'
>;

const kimaiActivity = (typeId: number | null): number =>
  ACTIVITY_TYPES.find((type) => type.zammadId === typeId)?.kimaiId ?? OTHER_ACTIVITY.id;

/** A row as its person would type it: from the beginning of the work, in whole minutes. */
function typed(
  booked: Booked,
  change: { readonly text?: string; readonly minutes?: number; readonly exported?: boolean } = {},
): Typed {
  const end = Math.floor(Date.parse(booked.entry.created_at) / 60_000) * 60;
  const begin = end - booked.minutes * 60;
  return {
    user: booked.agent.kimaiId,
    project: kimaiProjectId(booked.organization),
    activity: kimaiActivity(booked.entry.type_id),
    begin,
    end: begin + (change.minutes ?? booked.minutes) * 60,
    description: change.text ?? `#${booked.ticket.number} ${booked.ticket.title}`,
    exported: change.exported ?? false,
  };
}

/** Every n-th of a list, so that the picks spread over people and weeks. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, at) => at % step === 0).slice(0, count);
}

function typedLately(zammad: ZammadWorld, from: string, today: string): Typed[] {
  const open = bookedEntries(zammad).filter(
    (booked) =>
      booked.day >= from &&
      booked.day < today &&
      isMapped(booked) &&
      standsAlone(zammad, booked) &&
      booked.minutes >= 15,
  );
  return spread(open, TYPED.length).flatMap((booked, at) => {
    if (TYPED[at] === 'withoutNumber') return [typed(booked, { text: booked.ticket.title })];
    if (TYPED[at] === 'otherDuration') return [typed(booked, { minutes: booked.minutes + 15 })];
    return TYPED[at] === 'twice' ? [typed(booked), typed(booked)] : [typed(booked)];
  });
}

/** Before the bridge everything was typed by hand, and has been invoiced. */
function typedBefore(zammad: ZammadWorld, from: string): Typed[] {
  return bookedEntries(zammad)
    .filter((booked) => booked.day < from)
    .filter((_, at) => at % FORGOTTEN !== 0)
    .map((booked) => typed(booked, { exported: true }));
}

function meeting(agent: Agent, date: string, exported: boolean): Typed {
  const begin = Math.floor(instantAt(date, 8 * 60).getTime() / 1000);
  return {
    user: agent.kimaiId,
    project: INTERNAL_PROJECT_ID,
    activity: MEETING_ACTIVITY.id,
    begin,
    end: begin + 40 * 60,
    description: 'Teambesprechung',
    exported,
  };
}

function meetings(now: Date, from: string): Typed[] {
  const today = localDate(now);
  const mondays = Array.from({ length: 80 }, (_, at) => addDays(today, at - 79)).filter(
    (date) => weekday(date) === 1,
  );
  return mondays
    .filter((date) => instantAt(date, 9 * 60) <= now)
    .flatMap((date) =>
      AGENTS.filter((agent) => date >= addDays(today, -agent.sinceDays)).map((agent) =>
        meeting(agent, date, date < from),
      ),
    );
}

function timesheets(now: Date, zammad: ZammadWorld): KimaiTimesheet[] {
  const today = localDate(now);
  const from = monthStart(today, -1);
  const rows = [...typedBefore(zammad, from), ...typedLately(zammad, from, today), ...meetings(now, from)];
  const rateOf = new Map(AGENTS.map((agent) => [agent.kimaiId, agent.hourlyRate]));
  return rows
    .sort((a, b) => a.begin - b.begin || a.user - b.user)
    .map((row, at) => {
      const hourlyRate = rateOf.get(row.user) ?? 0;
      const duration = (row.end ?? row.begin) - row.begin;
      const rate = Math.round(((hourlyRate * duration) / 3600) * 10_000) / 10_000;
      const billable = row.project !== INTERNAL_PROJECT_ID;
      const dateTz = localDate(new Date(row.begin * 1000));
      return newTimesheet({
        ...row,
        id: at + 1,
        duration,
        dateTz,
        hourlyRate,
        rate,
        internalRate: rate,
        billable,
      });
    });
}

/** The Kimai of the demo company, as of `now`: its customers and people, and what they typed by hand. */
export function demoKimai(now: Date, zammad: ZammadWorld): KimaiWorld {
  const people = users();
  const customers = ORGANIZATIONS.map((organization) =>
    newCustomer({
      id: kimaiCustomerId(organization),
      name: organization.kimaiName ?? organization.name,
      number: `K-${1000 + organization.zammadId}`,
      language: 'de',
    }),
  );
  return kimaiWorld({
    users: people,
    tokens: [
      { token: 'tok_admin', userId: KIMAI_ADMIN_ID, expiresAt: null },
      { token: 'tok_sync', userId: KIMAI_SYNC_ID, expiresAt: null },
      ...AGENTS.map((agent) => ({ token: `tok_${agent.key}`, userId: agent.kimaiId, expiresAt: null })),
    ],
    roles: { ROLE_SYNC: Object.fromEntries(SYNC_PERMISSIONS.map((permission) => [permission, true])) },
    customers: [
      ...customers,
      newCustomer({ id: INTERNAL_CUSTOMER_ID, name: COMPANY, number: 'K-0001', billable: false }),
    ],
    projects: projects(localDate(now)),
    activities: [
      ...ACTIVITY_TYPES.map(({ kimaiId, kimaiName }) => newActivity({ id: kimaiId, name: kimaiName })),
      newActivity(OTHER_ACTIVITY),
      newActivity({ ...MEETING_ACTIVITY, billable: false }),
    ],
    timesheets: timesheets(now, zammad),
  });
}
