import type { LocationQuery } from 'vue-router';
import type { ENTRY_STATES } from '../../../api/entries/list-standings.contract';
import { dayOf, textOf } from '../../data/use-address-filters';

type EntryState = (typeof ENTRY_STATES)[number];

/** Where an entry stands, as people ask for it: what is new and what is pending are both on their way to Kimai. */
export const STANDINGS = {
  agreed: ['agreed'],
  waiting: ['waiting'],
  underway: ['pending', 'new'],
  skipped: ['skipped'],
  before_start: ['before_start'],
} as const satisfies Readonly<Record<string, readonly EntryState[]>>;
export type Standing = keyof typeof STANDINGS;
export const STANDING_NAMES = ['waiting', 'skipped', 'underway', 'agreed', 'before_start'] as const;

export const standingOf = (state: EntryState): Standing =>
  state === 'pending' || state === 'new' ? 'underway' : state;

export type StandingFilters = {
  readonly state: Standing | '';
  readonly bridge: string;
  readonly from: string;
  readonly to: string;
  /** A rule's id, or `any`: what it settled. */
  readonly rule: string;
};

/** What the address asks for; what is in it and not known is ignored, so that an old link still opens. */
export function filtersFrom(query: LocationQuery): StandingFilters {
  return {
    state: STANDING_NAMES.find((name) => name === query['state']) ?? '',
    bridge: textOf(query, 'bridge'),
    from: dayOf(query, 'from'),
    to: dayOf(query, 'to'),
    rule: /^(any|[0-9a-f-]{36})$/.test(textOf(query, 'rule')) ? textOf(query, 'rule') : '',
  };
}
