import type { LocationQuery } from 'vue-router';
import { dayOf, textOf } from '../../data/use-address-filters';
import type { TrailQuery } from './export-trail';

type TrailFilters = Readonly<
  Record<'bridge' | 'actor' | 'action' | 'subjectKind' | 'subjectId' | 'run' | 'from' | 'to', string>
>;

/** What the address asks for; days that are none are ignored. */
export const filtersFrom = (query: LocationQuery): TrailFilters => ({
  bridge: textOf(query, 'bridge'),
  actor: textOf(query, 'actor'),
  action: textOf(query, 'action'),
  subjectKind: textOf(query, 'subjectKind'),
  subjectId: textOf(query, 'subjectId'),
  run: textOf(query, 'run'),
  from: dayOf(query, 'from'),
  to: dayOf(query, 'to'),
});

/** As the API asks for it: days are those of whoever looks, the last one is included. */
export function trailQuery({ from, to, ...rest }: TrailFilters): TrailQuery {
  const set = Object.entries(rest).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(set),
    ...(from && { from: midnight(from, 0) }),
    ...(to && { to: midnight(to, 1) }),
  };
}

/** The first instant of the day so many days later, by this machine's clock. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
