import type { SortedIndex, WorldStore } from '../kit/index.js';
import { isOpenPeriod } from './lockdown.js';
import { fold } from './search.js';
import { Settings } from './settings.js';
import { TimesheetTable, type TimesheetOrder } from './timesheet-table.js';
import type {
  KimaiActivity,
  KimaiComment,
  KimaiCustomer,
  KimaiProject,
  KimaiRate,
  KimaiTable,
  KimaiTag,
  KimaiTeam,
  KimaiTimesheet,
  KimaiToken,
  KimaiUser,
  KimaiWorld,
} from './world.js';

/** The world with look-ups by id, and timesheets in every order they are asked for. */
export class KimaiState {
  readonly #store: WorldStore<KimaiWorld>;
  readonly #now: () => Date;
  #settings = new Settings({});
  #customers = new Map<number, KimaiCustomer>();
  #projects = new Map<number, KimaiProject>();
  #activities = new Map<number, KimaiActivity>();
  #users = new Map<number, KimaiUser>();
  #tags = new Map<number, KimaiTag>();
  #timesheets = new TimesheetTable([]);

  constructor(store: WorldStore<KimaiWorld>, now: () => Date) {
    this.#store = store;
    this.#now = now;
    this.#load();
  }

  get world(): KimaiWorld {
    return this.#store.world;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Whole seconds of the simulator's clock. */
  now(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }

  replace(world: KimaiWorld): void {
    this.#store.replace(world);
    this.#load();
  }

  changeSettings(changed: Readonly<Record<string, string>>): void {
    this.world.settings = { ...this.world.settings, ...changed };
    this.#settings = new Settings(this.world.settings);
    this.#store.touch();
  }

  changeRole(role: string, permission: string, allowed: boolean): void {
    this.world.roles = { ...this.world.roles, [role]: { ...this.world.roles[role], [permission]: allowed } };
    this.#store.touch();
  }

  isOpenPeriod(begin: number, zone: string, mayUseGrace: boolean): boolean {
    return isOpenPeriod(this.#settings, begin, zone, this.now(), mayUseGrace);
  }

  user(id: number): KimaiUser {
    return found(this.#users.get(id), 'user', id);
  }

  customer(id: number): KimaiCustomer {
    return found(this.#customers.get(id), 'customer', id);
  }

  project(id: number): KimaiProject {
    return found(this.#projects.get(id), 'project', id);
  }

  activity(id: number): KimaiActivity {
    return found(this.#activities.get(id), 'activity', id);
  }

  tag(id: number): KimaiTag {
    return found(this.#tags.get(id), 'tag', id);
  }

  findUser(id: number): KimaiUser | undefined {
    return this.#users.get(id);
  }

  findCustomer(id: number): KimaiCustomer | undefined {
    return this.#customers.get(id);
  }

  findProject(id: number): KimaiProject | undefined {
    return this.#projects.get(id);
  }

  findActivity(id: number): KimaiActivity | undefined {
    return this.#activities.get(id);
  }

  findTimesheet(id: number): KimaiTimesheet | undefined {
    return this.#timesheets.find(id);
  }

  /** A tag by name, as the collation compares. */
  findTag(name: string): KimaiTag | undefined {
    const wanted = fold(name.trim());
    return this.world.tags.find((tag) => fold(tag.name) === wanted);
  }

  /** Timesheets in ascending order. */
  timesheetsBy(order: TimesheetOrder): SortedIndex<KimaiTimesheet> {
    return this.#timesheets.by(order);
  }

  /** Makes the filter of a search term. */
  termFilter(term: string): (row: KimaiTimesheet) => boolean {
    return this.#timesheets.termFilter(term);
  }

  /** All records of a user. */
  timesheetsOf(userId: number): readonly KimaiTimesheet[] {
    return this.#timesheets.of(userId);
  }

  /** Running records of a user, latest begin first. */
  running(userId: number): readonly KimaiTimesheet[] {
    return this.#timesheets.running(userId);
  }

  /** Takes the next id of a table. An id that is taken and not used leaves a gap, as in the real database. */
  takeId(table: KimaiTable): number {
    this.#store.touch();
    const id = (this.world.lastIds[table] ?? 0) + 1;
    this.world.lastIds[table] = id;
    return id;
  }

  putTimesheet(row: KimaiTimesheet): void {
    this.#timesheets.put(row);
    this.#store.touch();
  }

  deleteTimesheets(ids: Iterable<number>): void {
    this.#timesheets.remove(ids);
    this.#store.touch();
  }

  putCustomer(row: KimaiCustomer): void {
    this.world.customers = put(this.world.customers, this.#customers, row);
    this.#store.touch();
  }

  putProject(row: KimaiProject): void {
    this.world.projects = put(this.world.projects, this.#projects, row);
    this.#store.touch();
  }

  putActivity(row: KimaiActivity): void {
    this.world.activities = put(this.world.activities, this.#activities, row);
    this.#store.touch();
  }

  putUser(row: KimaiUser): void {
    this.world.users = put(this.world.users, this.#users, row);
    this.#store.touch();
  }

  putTag(row: KimaiTag): void {
    this.world.tags = put(this.world.tags, this.#tags, row);
    this.#store.touch();
  }

  putTeam(team: KimaiTeam): void {
    const others = this.world.teams.filter(({ id }) => id !== team.id);
    this.world.teams = [...others, team].sort((a, b) => a.id - b.id);
    this.#store.touch();
  }

  /** Deletes a team; what it alone could see is open to everybody then. */
  deleteTeam(id: number): void {
    this.world.teams = this.world.teams.filter((team) => team.id !== id);
    for (const kind of ['customers', 'projects', 'activities'] as const)
      for (const row of this.world[kind].filter(({ teams }) => teams.includes(id)))
        this.putTeamsOf(
          kind,
          row.id,
          row.teams.filter((team) => team !== id),
        );
    this.#store.touch();
  }

  /** Says which teams may see an object. */
  putTeamsOf(kind: 'customers' | 'projects' | 'activities', id: number, teams: readonly number[]): void {
    if (kind === 'customers') this.putCustomer({ ...this.customer(id), teams });
    else if (kind === 'projects') this.putProject({ ...this.project(id), teams });
    else this.putActivity({ ...this.activity(id), teams });
  }

  addRate(rate: KimaiRate): void {
    this.world.rates = [...this.world.rates, rate];
    this.#store.touch();
  }

  removeRate(rate: KimaiRate): void {
    this.world.rates = this.world.rates.filter((one) => one !== rate);
    this.#store.touch();
  }

  /** Comments of a customer or project, the pinned ones first, then the newest. */
  commentsOf(kind: KimaiComment['kind'], id: number): readonly KimaiComment[] {
    return (this.world.comments ?? [])
      .filter((one) => one.kind === kind && one.of === id)
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.createdAt - a.createdAt);
  }

  putComment(comment: KimaiComment): void {
    this.removeComment(comment);
    this.world.comments?.push(comment);
  }

  removeComment({ kind, id }: Pick<KimaiComment, 'kind' | 'id'>): void {
    this.world.comments = (this.world.comments ?? []).filter((one) => one.kind !== kind || one.id !== id);
    this.#store.touch();
  }

  /** Ids of the records that a user keeps as templates. */
  favoritesOf(userId: number): readonly number[] {
    return this.world.favorites?.[userId] ?? [];
  }

  putFavorites(userId: number, ids: readonly number[]): void {
    this.world.favorites = { ...this.world.favorites, [userId]: ids };
    this.#store.touch();
  }

  deleteToken(token: KimaiToken): void {
    this.world.tokens = this.world.tokens.filter((one) => one !== token);
    this.#store.touch();
  }

  /** Deletes a tag and takes it off every record; records keep their `modifiedAt`. */
  deleteTag(id: number): void {
    this.world.tags = this.world.tags.filter((tag) => tag.id !== id);
    this.#tags.delete(id);
    for (const row of this.world.timesheets.filter(({ tags }) => tags.includes(id)))
      this.putTimesheet({ ...row, tags: row.tags.filter((tag) => tag !== id) });
    this.#store.touch();
  }

  /** Deletes activities with all their records, as Kimai does without asking. */
  deleteActivities(rows: readonly KimaiActivity[]): void {
    const gone = new Set(rows.map(({ id }) => id));
    this.deleteTimesheets(this.world.timesheets.filter((row) => gone.has(row.activity)).map(({ id }) => id));
    for (const id of gone) this.#activities.delete(id);
    this.world.activities = this.world.activities.filter(({ id }) => !gone.has(id));
  }

  /** Deletes projects with their activities and all their records. */
  deleteProjects(rows: readonly KimaiProject[]): void {
    const gone = new Set(rows.map(({ id }) => id));
    this.deleteTimesheets(this.world.timesheets.filter((row) => gone.has(row.project)).map(({ id }) => id));
    this.deleteActivities(
      this.world.activities.filter(({ project }) => project !== null && gone.has(project)),
    );
    for (const id of gone) this.#projects.delete(id);
    this.world.projects = this.world.projects.filter(({ id }) => !gone.has(id));
  }

  /** Deletes a customer with its projects, their activities and all their records. */
  deleteCustomer(id: number): void {
    this.deleteProjects(this.world.projects.filter(({ customer }) => customer === id));
    this.#customers.delete(id);
    this.world.customers = this.world.customers.filter((customer) => customer.id !== id);
    this.#store.touch();
  }

  #load(): void {
    const { world } = this;
    this.#settings = new Settings(world.settings);
    this.#customers = byIds(world.customers);
    this.#projects = byIds(world.projects);
    this.#activities = byIds(world.activities);
    this.#users = byIds(world.users);
    this.#tags = byIds(world.tags);
    this.#timesheets = new TimesheetTable(world.timesheets);
  }
}

function byIds<T extends { readonly id: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function put<T extends { readonly id: number }>(rows: readonly T[], map: Map<number, T>, row: T): T[] {
  const isNew = !map.has(row.id);
  map.set(row.id, row);
  return isNew ? [...rows, row] : rows.map((old) => (old.id === row.id ? row : old));
}

function found<T>(row: T | undefined, kind: string, id: number): T {
  if (row === undefined) throw new Error(`The world has no ${kind} ${id}, though another row names it.`);
  return row;
}
