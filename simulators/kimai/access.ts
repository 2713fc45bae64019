import type { KimaiState } from './state.js';
import { IRREVOCABLE, STOCK_ROLES } from './role-permissions.js';
import type {
  KimaiActivity,
  KimaiCustomer,
  KimaiProject,
  KimaiTimesheet,
  KimaiUser,
  KimaiWorld,
} from './world.js';

/** Kinds of objects whose rights can be given for all or for one's teams. */
export type ObjectKind = 'customer' | 'project' | 'activity';

/** Rights on a timesheet that exist as `_own_` and `_other_`. */
export type TimesheetRight =
  | 'view'
  | 'create'
  | 'start'
  | 'stop'
  | 'edit'
  | 'delete'
  | 'duplicate'
  | 'view_rate'
  | 'edit_rate'
  | 'edit_export'
  | 'edit_billable';

/** Stock roles above ROLE_USER, the lowest first. */
const RANKS = ['ROLE_TEAMLEAD', 'ROLE_ADMIN', 'ROLE_SUPER_ADMIN'];

/** What one user may do: roles, teams and states of records (`RolePermissionManager` and the voters). */
export class Access {
  readonly user: KimaiUser;
  readonly #state: KimaiState;
  /** Asked again for every record of a list; one call sees one state of the roles. */
  readonly #known = new Map<string, boolean>();

  constructor(state: KimaiState, user: KimaiUser) {
    this.#state = state;
    this.user = user;
  }

  may(permission: string): boolean {
    let allowed = this.#known.get(permission);
    if (allowed === undefined) {
      allowed = hasPermission(this.#state.world, this.user, permission);
      this.#known.set(permission, allowed);
    }
    return allowed;
  }

  get seesAll(): boolean {
    return this.may('view_all_data');
  }

  /** Open objects, those of one's teams, and everything for who sees all. */
  teams(teams: readonly number[]): boolean {
    return teams.length === 0 || this.seesAll || teams.some((id) => this.#member(id, this.user.id));
  }

  customer(customer: KimaiCustomer): boolean {
    return this.teams(customer.teams);
  }

  project(project: KimaiProject): boolean {
    return this.customer(this.#state.customer(project.customer)) && this.teams(project.teams);
  }

  activity(activity: KimaiActivity): boolean {
    const project = activity.project === null ? undefined : this.#state.project(activity.project);
    return (project === undefined || this.project(project)) && this.teams(activity.teams);
  }

  /** A right on one customer, project or activity, given for all or for the teams of the object. */
  object(right: string, kind: ObjectKind, teams: readonly number[]): boolean {
    if (this.may(`${right}_${kind}`)) return true;
    if (this.may(`${right}_teamlead_${kind}`) && teams.some((id) => this.#leads(id))) return true;
    return this.may(`${right}_team_${kind}`) && teams.some((id) => this.#member(id, this.user.id));
  }

  /** Teams of a project: its own and those of its customer. */
  teamsOfProject(project: Pick<KimaiProject, 'teams' | 'customer'>): readonly number[] {
    return [...project.teams, ...(this.#state.findCustomer(project.customer)?.teams ?? [])];
  }

  /** Teams of an activity: its own and those of its project and customer. */
  teamsOfActivity({ teams, project }: Pick<KimaiActivity, 'teams' | 'project'>): readonly number[] {
    return project === null ? teams : [...teams, ...this.teamsOfProject(this.#state.project(project))];
  }

  /** Whether records of `other` may be asked for; with `evenDisabled`, whether the profile is in reach. */
  otherUser(other: KimaiUser, evenDisabled = false): boolean {
    if (other.id === this.user.id || this.seesAll) return true;
    if (!other.enabled && !evenDisabled) return false;
    if (other.systemAccount && !this.user.systemAccount) return false;
    const theirs = this.#state.world.teams.filter((team) =>
      team.members.some(({ userId }) => userId === other.id),
    );
    if (theirs.some((team) => this.#leads(team.id))) return true;
    return this.#ranks('ROLE_TEAMLEAD') && other.roles.length === 0 && theirs.length === 0;
  }

  /** A right on a profile: one's own, or another one that is in reach. */
  profile(right: string, of: KimaiUser): boolean {
    const isOwn = of.id === this.user.id;
    if (right === 'supervisor' && isOwn) return this.#ranks('ROLE_SUPER_ADMIN');
    if (right === 'roles' && !of.roles.every((role) => this.mayAssign(role))) return false;
    if (isOwn) return this.may(`${right}_own_profile`);
    return this.may(`${right}_other_profile`) && this.otherUser(of, true);
  }

  /** Nobody gives or takes a role above the own one. */
  mayAssign(role: string): boolean {
    return !RANKS.includes(role) || this.#ranks(role);
  }

  /** Changing a team is for administrators and for who leads it, whatever other roles are allowed. */
  team(right: 'edit' | 'delete', teamId: number): boolean {
    return this.may(`${right}_team`) && (this.#ranks('ROLE_ADMIN') || this.#leads(teamId));
  }

  /** Teams that may be listed: all for who sees all, else those one leads. */
  listsTeam(teamId: number): boolean {
    return this.seesAll || this.#leads(teamId);
  }

  #ranks(least: string): boolean {
    return RANKS.slice(RANKS.indexOf(least)).some((role) => this.user.roles.includes(role));
  }

  /** The user and the members of the teams that the user leads. */
  ledUserIds(): ReadonlySet<number> {
    const led = this.#state.world.teams.filter((team) => this.#leads(team.id));
    return new Set([this.user.id, ...led.flatMap((team) => team.members.map(({ userId }) => userId))]);
  }

  /** A right on one timesheet: role, ownership, teams and, for editing, exported and lockdown. */
  timesheet(right: TimesheetRight, row: Pick<KimaiTimesheet, 'user'> & Partial<KimaiTimesheet>): boolean {
    if ((right === 'edit' || right === 'delete') && !this.#isOpen(row)) return false;
    if ((right === 'create' || right === 'start' || right === 'duplicate') && !this.#isUsable(row))
      return false;
    const name = right === 'duplicate' ? 'create' : right;
    if (row.user === this.user.id) return this.may(`${name}_own_timesheet`);
    return this.may(`${name}_other_timesheet`) && this.#reaches(row);
  }

  #isOpen(row: Partial<KimaiTimesheet>): boolean {
    if (row.exported === true && !this.may('edit_exported_timesheet')) return false;
    if (row.begin === undefined || row.timezone === undefined || this.may('lockdown_override_timesheet'))
      return true;
    return this.#state.isOpenPeriod(row.begin, row.timezone, this.may('lockdown_grace_timesheet'));
  }

  /** Starting and duplicating make a new record, so its project and activity must be visible and accessible today. */
  #isUsable(row: Partial<KimaiTimesheet>): boolean {
    if (row.activity !== undefined) {
      const activity = this.#state.activity(row.activity);
      if (!activity.visible || !this.activity(activity)) return false;
    }
    if (row.project === undefined) return true;
    const project = this.#state.project(row.project);
    return project.visible && this.#state.customer(project.customer).visible && this.project(project);
  }

  #reaches(row: Pick<KimaiTimesheet, 'user'> & Partial<KimaiTimesheet>): boolean {
    if (row.project !== undefined && !this.project(this.#state.project(row.project))) return false;
    if (row.activity !== undefined && !this.activity(this.#state.activity(row.activity))) return false;
    if (this.seesAll) return true;
    const theirs = this.#state.world.teams.filter((team) =>
      team.members.some(({ userId }) => userId === row.user),
    );
    return theirs.length === 0 || theirs.some((team) => this.#leads(team.id));
  }

  #member(teamId: number, userId: number): boolean {
    return this.#state.world.teams.some(
      (team) => team.id === teamId && team.members.some((member) => member.userId === userId),
    );
  }

  #leads(teamId: number): boolean {
    return this.#state.world.teams.some(
      (team) =>
        team.id === teamId && team.members.some(({ userId, lead }) => lead && userId === this.user.id),
    );
  }
}

function hasPermission(world: KimaiWorld, user: KimaiUser, permission: string): boolean {
  return ['ROLE_USER', ...user.roles].some((role) => {
    if (role === 'ROLE_SUPER_ADMIN' && IRREVOCABLE.has(permission)) return true;
    return world.roles[role]?.[permission] ?? STOCK_ROLES[role]?.has(permission) ?? false;
  });
}
