import { describe, expect, it } from 'vitest';
import {
  DECIDED,
  NAMES,
  decided,
  undecided,
  IN_ZAMMAD,
  MOVED,
  NEW,
  TYPED,
  ELEVEN,
  type Outcome,
} from './matrix.test-support.js';
import { DEFAULT_POLICIES, POLICY_VALUES, type Policies } from './policies.js';

/** Each value of each policy, one changed at a time. */
const CHANGES: readonly (readonly [told: string, Partial<Policies>])[] = [
  ['new entries: auto', { newEntries: 'auto' }],
  ['new entries: ask', { newEntries: 'ask' }],
  ['exact matches: adopt', { exactMatches: 'adopt' }],
  ['exact matches: ask', { exactMatches: 'ask' }],
  ['source edits: auto', { sourceEdits: 'auto' }],
  ['source edits: ask', { sourceEdits: 'ask' }],
  ['target edits: ask', { targetEdits: 'ask' }],
  ['target edits: keep', { targetEdits: 'keep' }],
  ['target edits: overwrite', { targetEdits: 'overwrite' }],
  ['source deletions: ask', { sourceDeletions: 'ask' }],
  ['source deletions: delete', { sourceDeletions: 'delete' }],
  ['corrections: net', { corrections: 'net' }],
  ['corrections: ask', { corrections: 'ask' }],
  ['placement: ends when booked', { placement: 'ends_when_booked' }],
  ['placement: starts when booked', { placement: 'starts_when_booked' }],
  ['placement: day start', { placement: 'day_start' }],
  ['project: per customer', { project: 'per_customer' }],
  ['project: fixed', { project: 'fixed', fixedProjectId: 'p7' }],
  ['customers: propose', { customers: 'propose' }],
  ['customers: create', { customers: 'create' }],
  ['quiet period: an hour', { quietMinutes: 60 }],
  ['marker: on', { marker: true }],
  ['marker: off', { marker: false }],
  ['another template', { descriptionTemplate: '{ticket.title}, {person}' }],
  ['other tags', { tags: ['a', 'b'] }],
  ['billable by activity', { billableByActivity: { a3: false } }],
  ['the day starts at seven', { dayStart: '07:00' }],
  ['only what is nearly certain is similar', { fuzzyThreshold: 0.95 }],
  ['everything is similar', { fuzzyThreshold: 0 }],
  // Who has to agree to a decision is asked before it comes into force; what it does is the same.
  ['a second person: from one second', { fourEyesSeconds: 1 }],
];

/** Where a policy answers, or asks, otherwise than the case says. Everything else stays as it is in the table above. */
const TOUCHED: Readonly<Record<string, Outcome>> = {
  [`${TYPED} · exact matches: adopt`]: 'adopt',
  [`${IN_ZAMMAD} · source edits: auto`]: 'update',
  // Whoever owns the ticket: all time is booked on the one project.
  [`${MOVED} · project: fixed`]: 'accept',
  'an organization that nobody mapped · project: fixed': 'create',
  'an organization that nobody mapped · customers: create': 'provision',
  [`${NEW} · new entries: auto`]: 'create',
  [`${NEW} · everything is similar`]: 'ask ambiguous',
  'Kimai never answered, and rows carry no marker · everything is similar': 'ask ambiguous',
  'the duration was changed in Kimai · target edits: keep': 'accept',
  'the duration was changed in Kimai · target edits: overwrite': 'update',
  'the entry was deleted in Zammad · source deletions: delete': 'delete',
  'a correction that the bridge does not net by itself · corrections: net': 'update',
};

/** Where a policy lets a decision do something else, although the case is asked all the same. */
const TOUCHED_DECISIONS: Readonly<Record<string, Outcome>> = {
  [`${ELEVEN} · source deletions: delete · go_ahead {}`]: '11 × delete',
};

describe('every policy that touches a case', () => {
  it('changes each policy, and each to each of its values', () => {
    const changed = CHANGES.flatMap(([, change]) =>
      Object.entries(change).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
    );
    const values = Object.entries(POLICY_VALUES).flatMap(([key, all]) =>
      all.map((value) => `${key} ${JSON.stringify(value)}`),
    );
    expect(values.filter((one) => !changed.includes(one))).toEqual([]);
    const keys = new Set(CHANGES.flatMap(([, change]) => Object.keys(change)));
    expect(Object.keys(DEFAULT_POLICIES).filter((key) => !keys.has(key))).toEqual([]);
  });

  it.each(NAMES)('%s: asked and answered as said, whatever else is set', (name) => {
    const found: Record<string, Outcome> = {};
    const said: Record<string, Outcome> = {};
    for (const [policy, change] of CHANGES) {
      const key = `${name} · ${policy}`;
      found[key] = undecided(name, change);
      said[key] = TOUCHED[key] ?? undecided(name);
      if (key in TOUCHED) continue;
      for (const row of DECIDED.filter(([one]) => one === name)) {
        const decision = `${key} · ${row[1]} ${JSON.stringify(row[2])}`;
        found[decision] = decided(row, change);
        said[decision] = TOUCHED_DECISIONS[decision] ?? row[3];
      }
    }
    expect(found).toEqual(said);
  });

  it('names no case and no policy that is not there, or that makes no difference', () => {
    const differing = NAMES.flatMap((name) =>
      CHANGES.flatMap(([policy, change]) => {
        const key = `${name} · ${policy}`;
        return key in TOUCHED && undecided(name, change) !== undecided(name) ? [key] : [];
      }),
    );
    expect(differing.sort()).toEqual(Object.keys(TOUCHED).sort());
  });
});
