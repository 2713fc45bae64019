import { localDate, monthStart, ZONE } from './calendar.js';
import {
  ACTIVITY_TYPES,
  AGENTS,
  kimaiCustomerId,
  kimaiProjectId,
  ORGANIZATIONS,
  OTHER_ACTIVITY,
  UNMAPPED,
} from './company.js';

/** What an administrator of the demo company would configure; the caller adds the addresses of the two systems. */
export type DemoSetup = {
  readonly zammad: { readonly token: string; readonly unit: 'minute'; readonly timeZone: string };
  readonly kimai: { readonly token: string };
  /** First day that counts, `YYYY-MM-DD`: the first of last month. */
  readonly startFrom: string;
  /** `zammadTypeId` null stands for entries without an activity type. */
  readonly activities: readonly {
    readonly zammadTypeId: number | null;
    readonly zammadName: string | null;
    readonly kimaiActivityId: number;
    readonly kimaiName: string;
  }[];
  readonly users: readonly {
    readonly zammadUserId: number;
    readonly name: string;
    readonly kimaiUserId: number;
  }[];
  readonly organizations: readonly {
    readonly zammadOrganizationId: number;
    readonly name: string;
    readonly kimaiCustomerId: number;
    readonly kimaiProjectId: number;
  }[];
};

/** The demo's configuration as of `now`. One type, one person and one organization are left out on purpose. */
export function demoSetup(now: Date): DemoSetup {
  const types = ACTIVITY_TYPES.filter((type) => type.zammadId !== UNMAPPED.typeId);
  return {
    zammad: { token: 'tok_sync', unit: 'minute', timeZone: ZONE },
    kimai: { token: 'tok_sync' },
    startFrom: monthStart(localDate(now), -1),
    activities: [
      ...types.map((type) => ({
        zammadTypeId: type.zammadId,
        zammadName: type.name,
        kimaiActivityId: type.kimaiId,
        kimaiName: type.kimaiName,
      })),
      {
        zammadTypeId: null,
        zammadName: null,
        kimaiActivityId: OTHER_ACTIVITY.id,
        kimaiName: OTHER_ACTIVITY.name,
      },
    ],
    users: AGENTS.filter((agent) => agent.key !== UNMAPPED.agentKey).map((agent) => ({
      zammadUserId: agent.zammadId,
      name: `${agent.firstname} ${agent.lastname}`,
      kimaiUserId: agent.kimaiId,
    })),
    organizations: ORGANIZATIONS.filter(
      (organization) => organization.zammadId !== UNMAPPED.organizationId,
    ).map((organization) => ({
      zammadOrganizationId: organization.zammadId,
      name: organization.name,
      kimaiCustomerId: kimaiCustomerId(organization),
      kimaiProjectId: kimaiProjectId(organization),
    })),
  };
}
