import { mondayOf, turnsFrom } from './duty.js';
import type { Day } from './time-entry.js';
import { zoneDayAt } from './zone.js';

export type RotaPerson = {
  readonly id: string;
  readonly name: string;
  /** Whether this person may decide; who may not stays in the list, and has no turn. */
  readonly active: boolean;
};

/** The rota of a bridge with the people in it. */
export type Rota = {
  readonly bridgeId: string;
  readonly bridgeName: string;
  /** IANA, in which its weeks begin. */
  readonly timeZone: string;
  readonly since: Day | null;
  readonly people: readonly RotaPerson[];
};

export type DutyNow = {
  readonly current: RotaPerson | null;
  /** Who follows on which Monday; null when nobody else takes turns. */
  readonly next: (RotaPerson & { readonly from: Day }) | null;
};

/** Who is on duty at an instant, and who is after that. */
export function dutyAt({ people, since, timeZone }: Rota, ms: number): DutyNow {
  const active = people.filter((person) => person.active);
  const duty = { people: active.map(({ id }) => id), since };
  const [now, then] = turnsFrom(duty, zoneDayAt(ms, timeZone).day, 2);
  const find = (id: string | undefined) => active.find((person) => person.id === id) ?? null;
  const follower = then && then.person !== now?.person ? find(then.person) : null;
  return { current: find(now?.person), next: follower && then ? { ...follower, from: then.from } : null };
}

/** The Monday of the week that it is now in a time zone. */
export const mondayAt = (ms: number, timeZone: string): Day => mondayOf(zoneDayAt(ms, timeZone).day);
