import { describe, expect, it } from 'vitest';
import { asks, booked, bridge, entry, input, link, marked, row, stepOf } from './books.test-support.js';
import type { ChoicePreview } from './conflict.js';
import { desiredKey } from './desired.js';
import { reconcile } from './reconcile.js';
import type { Reason } from './reason.js';
import type { Refusal, ReconcileInput } from './reconcile-input.js';
import { agreed, DELETED_AT, exported, lead, linked, longer, retimed } from './usual-case.test-support.js';

const shorter = { ...lead, seconds: 900 };
const earlier = entry(2, { bookedAt: '2026-11-19T10:00:00Z' });
const earlierRow = marked(6, 1002, { begin: '2026-11-19T09:30:00Z' });
const others = { links: [...agreed, link(earlier, [earlierRow])], rows: [exported, earlierRow] };

const refused = (code: string, sent = ''): Readonly<Record<string, Refusal>> => ({
  'lead:1': { code, quoted: ['No.'], sent, at: '2026-11-23T11:00:00Z' },
});
const refusedCreate = (): ReconcileInput => {
  const sent = desiredKey(stepOf(reconcile(input({ entries: [lead] })), 'create').desired);
  return input({ entries: [lead], rest: { refusals: refused('overlap', sent) } });
};
/** A row that people typed differs in duration, and Kimai refused to have it corrected. */
const refusedMatch = (): ReconcileInput => {
  const given = input({ entries: [longer], rows: [row(5)] });
  const take = asks(reconcile(given))[0]?.facts.choices.find(({ choice }) => choice === 'take_source');
  const sent = take?.desired ? desiredKey(take.desired) : '';
  return { ...given, refusals: refused('budget', sent) };
};
const full = input({
  entries: [lead],
  rows: [row(7, { begin: '2026-11-19T23:00:00Z', seconds: 86_400, description: 'fremd', projectId: 'p0' })],
  bridge: bridge({ fuzzyThreshold: 1 }, { target: { allowsFuture: true, allowsOverlap: false } }),
});
const old = booked(entry(1, { bookedAt: '2026-09-01T10:00:00Z' }), { firstSeenAt: '2026-11-20T10:00:00Z' });
const restored = booked(lead, {
  frozen: { userId: '4', bookedAt: '2026-11-18T10:00:00Z', entryDate: '2026-11-18' },
});

/** `code fact=value …`, the facts by name. */
const said = ({ code, facts }: Reason): string =>
  [
    code,
    ...Object.entries(facts)
      .map(([name, value]) => `${name}=${String(value)}`)
      .sort(),
  ].join(' ');
const offered = ({ choice, targetId, effect, blocked }: ChoicePreview): string => {
  const what = targetId === null ? choice : `${choice} ${targetId}`;
  return blocked ? `${what}: not now, ${said(blocked)}` : `${what}: ${said(effect)}`;
};

const NOTHING = 'will_change_nothing';
const CREATED = 'will_create beginAt=2026-11-20T09:30:00Z newSeconds=1800 rowDay=2026-11-20';
const TODAY = (seconds: number) =>
  `will_create beginAt=2026-11-23T07:00:00Z newSeconds=${seconds} rowDay=2026-11-23`;
const ON = 'entryDay=2026-11-20';
const LINKED = 'will_link rowCount=1 targetSeconds=1800';
const KEPT_ONE = 'will_keep_one rowCount=1 targetSeconds=1800';

describe('I24 what a person is shown: why it is asked, and what each choice would do', () => {
  it.each<[string, ReconcileInput, string, readonly string[]]>([
    [
      'two rows that people typed for one entry',
      input({ entries: [lead], rows: [row(5), row(6, { begin: '2026-11-20T12:00:00Z' })] }),
      `several_matches ${ON} rowCount=2 sourceSeconds=1800 ticketNumber=50012`,
      [
        `link 5: ${LINKED}`,
        `link 6: ${LINKED}`,
        `keep_one 5: ${KEPT_ONE}`,
        `keep_one 6: ${KEPT_ONE}`,
        `link_one 5: ${LINKED}`,
        `link_one 6: ${LINKED}`,
        `create: ${CREATED}`,
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'the same row, where the bridge asks even then',
      input({ entries: [lead], rows: [row(5)], bridge: bridge({ exactMatches: 'ask' }) }),
      `exact_match ${ON} rowCount=1 sourceSeconds=1800 ticketNumber=50012`,
      [
        `link 5: ${LINKED}`,
        'keep_one 5: will_keep_one rowCount=0 targetSeconds=1800',
        `link_one 5: ${LINKED}`,
        `create: ${CREATED}`,
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'a second row with the marker of a linked entry',
      input({ entries: [lead], links: agreed, rows: [linked, marked(6, 1001)] }),
      `several_with_marker ${ON} linkId=L1 sourceSeconds=1800 targetSeconds=3600 ticketNumber=50012 timesheetIds=5,6`,
      [
        `link 5: ${LINKED}`,
        `link 6: ${LINKED}`,
        `keep_one 5: ${KEPT_ONE}`,
        `keep_one 6: ${KEPT_ONE}`,
        `link_one 5: ${LINKED}`,
        `link_one 6: ${LINKED}`,
        'create: not now, already_linked',
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'both sides changed the duration',
      input({ entries: [longer], links: agreed, rows: [retimed] }),
      `both_changed baseSeconds=1800 ${ON} fields=seconds sourceSeconds=2700 targetSeconds=3600 ticketNumber=50012`,
      [
        'take_source: will_update fields=seconds newSeconds=2700 oldSeconds=3600',
        'keep_target: will_keep targetSeconds=3600',
        'per_field: will_update fields=seconds newSeconds=2700 oldSeconds=3600',
        'create: not now, already_linked',
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'a row that people typed differs in duration: created separately it has the whole time of the entry',
      input({ entries: [lead], rows: [row(5, { seconds: 2400 })] }),
      `match_differs ${ON} sourceSeconds=1800 targetSeconds=2400 ticketNumber=50012`,
      [
        'take_source: will_update fields=seconds newSeconds=1800 oldSeconds=2400',
        'keep_target: will_keep targetSeconds=2400',
        'per_field: will_update fields=seconds newSeconds=1800 oldSeconds=2400',
        `create: ${CREATED}`,
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'new, where the bridge asks',
      input({ entries: [lead], bridge: bridge({ newEntries: 'ask' }) }),
      `missing ${ON} sourceSeconds=1800 ticketNumber=50012`,
      [`create: ${CREATED}`, 'link: not now, choose_a_candidate', `skip: ${NOTHING}`],
    ],
    [
      'old when first seen',
      input({ entries: [old] }),
      'missing_old entryDay=2026-09-01 sourceSeconds=1800 ticketNumber=50012',
      [
        'create: will_create beginAt=2026-09-01T09:30:00Z newSeconds=1800 rowDay=2026-09-01',
        'link: not now, choose_a_candidate',
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'a similar row',
      input({ entries: [lead], rows: [row(5, { description: 'Drucker druckt wieder nicht' })] }),
      `similar_rows ${ON} rowCount=1 sourceSeconds=1800 ticketNumber=50012`,
      [`link 5: ${LINKED}`, `create: ${CREATED}`, `skip: ${NOTHING}`],
    ],
    [
      'the duration was changed in Kimai',
      input({ entries: [lead], links: agreed, rows: [retimed] }),
      `target_changed baseSeconds=1800 ${ON} fields=seconds sourceSeconds=1800 targetSeconds=3600 ticketNumber=50012`,
      [
        'keep_target: will_keep targetSeconds=3600',
        'take_source: will_update fields=seconds newSeconds=1800 oldSeconds=3600',
      ],
    ],
    [
      'the row was deleted in Kimai',
      input({ entries: [lead], links: agreed, rows: [{ ...linked, deletedAt: DELETED_AT }] }),
      `target_deleted ${ON} sourceSeconds=1800 targetSeconds=1800 timesheetIds=5`,
      [`create_again: ${CREATED}`, `accept_deletion: ${NOTHING}`],
    ],
    [
      'the entry was deleted in Zammad',
      input({ entries: [{ ...lead, deletedAt: DELETED_AT }], links: agreed, rows: [linked] }),
      `source_deleted ${ON} targetSeconds=1800 ticketNumber=50012`,
      ['delete_target: will_delete rowCount=1 targetSeconds=1800', `keep: ${NOTHING}`],
    ],
    [
      'the entry turned negative',
      input({ entries: [{ ...lead, seconds: -600 }], links: agreed, rows: [linked] }),
      `lead_not_positive ${ON} targetSeconds=1800 ticketNumber=50012`,
      ['delete_target: will_delete rowCount=1 targetSeconds=1800', `keep: ${NOTHING}`],
    ],
    [
      'more time on an exported row',
      input({ entries: [longer], links: agreed, rows: [exported] }),
      `locked_row_exported differenceSeconds=900 ${ON} sourceSeconds=2700 targetSeconds=1800 ticketNumber=50012 timesheetId=5`,
      [
        `book_correction: ${TODAY(900)}`,
        'deduct: not now, difference_not_negative',
        'credit_outside: will_accept_difference differenceSeconds=900',
        `leave: ${NOTHING}`,
      ],
    ],
    [
      'less time on an exported row',
      input({ entries: [shorter, earlier], ...others }),
      `locked_row_exported differenceSeconds=-900 ${ON} sourceSeconds=900 targetSeconds=1800 ticketNumber=50012 timesheetId=5`,
      [
        'book_correction: not now, difference_not_positive',
        'deduct 6: will_deduct newSeconds=900 oldSeconds=1800',
        'credit_outside: will_accept_difference differenceSeconds=-900',
        `leave: ${NOTHING}`,
      ],
    ],
    [
      'new on a closed day',
      input({ entries: [lead], bridge: bridge({}, { closedUntil: '2026-11-20' }) }),
      `new_on_closed_day closedUntilDay=2026-11-20 ${ON} rowDay=2026-11-20 sourceSeconds=1800 ticketNumber=50012`,
      [
        `book_correction: ${TODAY(1800)}`,
        'deduct: not now, difference_not_negative',
        'credit_outside: will_accept_difference differenceSeconds=1800',
        `leave: ${NOTHING}`,
      ],
    ],
    [
      'an activity type without a mapping',
      input({ entries: [entry(1, { activityTypeId: '99' })] }),
      'unmapped_activity entryCount=1 key=99 name=Support sourceSeconds=1800',
      [
        'map: will_map entryCount=1 key=99 name=Support sourceSeconds=1800',
        'ignore: will_ignore entryCount=1 key=99 name=Support sourceSeconds=1800',
      ],
    ],
    [
      'Kimai refused the new row',
      refusedCreate(),
      `overlap ${ON} quoted=No. sourceSeconds=1800 ticketNumber=50012`,
      [
        `edit_and_retry: ${CREATED}`,
        `retry: ${CREATED}`,
        `book_correction: ${TODAY(1800)}`,
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'Kimai refused to correct a row that is not linked: a difference to it cannot be booked',
      refusedMatch(),
      `budget ${ON} quoted=No. sourceSeconds=2700 targetSeconds=1800 ticketNumber=50012`,
      [
        'edit_and_retry: will_update fields=seconds newSeconds=2700 oldSeconds=1800',
        'retry: will_update fields=seconds newSeconds=2700 oldSeconds=1800',
        'book_correction: not now, not_linked',
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'the day has no free place',
      full,
      `no_free_place ${ON} rowDay=2026-11-20 sourceSeconds=1800 ticketNumber=50012`,
      [
        'edit_and_retry: not now, no_free_place rowDay=2026-11-20',
        'retry: not now, no_free_place rowDay=2026-11-20',
        `book_correction: ${TODAY(1800)}`,
        `skip: ${NOTHING}`,
      ],
    ],
    [
      'a correction that no entry can take by itself',
      input({
        entries: [lead, entry(2, { seconds: -600, bookedAt: '2026-11-20T09:00:00Z' })],
        links: agreed,
        rows: [linked],
      }),
      `correction ${ON} leadCount=1 sourceSeconds=-600 ticketNumber=50012`,
      ['apply_to 1: will_deduct newSeconds=1200 oldSeconds=1800', `skip: ${NOTHING}`],
    ],
    [
      'a record that does not parse',
      input({ entries: [entry(1, { seconds: null, unreadable: 'not_a_number', unitText: '1,5' })] }),
      `unreadable ${ON} problem=not_a_number ticketNumber=50012 unitText=1,5`,
      ['retry: will_read_again', `skip: ${NOTHING}`],
    ],
    [
      'a write that a person took back',
      input({ entries: [lead], rest: { refusals: refused('reverted') } }),
      `reverted ${ON} quoted=No. sourceSeconds=1800 ticketNumber=50012`,
      [`write_again: ${CREATED}`, `leave_undone: ${NOTHING}`],
    ],
    [
      'a write without an answer',
      input({ entries: [lead], rest: { refusals: refused('unknown_outcome') } }),
      `unknown_outcome ${ON} quoted=No. sourceSeconds=1800 ticketNumber=50012`,
      ['it_is_there: not now, choose_a_candidate', `it_is_not_there: ${CREATED}`],
    ],
    [
      'an entry with another creation time than it had',
      input({ entries: [restored, entry(2)] }),
      'guard_restored entryCount=1 rowCount=0',
      ['go_ahead: will_go_ahead stepCount=2', `drop: ${NOTHING}`],
    ],
  ])('%s', (_name, given, why, choices) => {
    const [asked] = asks(reconcile(given));
    expect(asked && said(asked.facts.why)).toBe(why);
    expect(asked?.why).toEqual(asked?.facts.why);
    expect(asked?.facts.choices.map(offered)).toEqual(choices);
  });
});

describe('I24 the three columns', () => {
  const ids = { userId: 'k4', projectId: 'p7', activityId: 'a3' };
  const words = '#50012 Drucker druckt nicht [tb-x1-1001]';
  const inZammad = {
    seconds: 2700,
    day: '2026-11-20',
    begin: '2026-11-20T10:00:00Z',
    description: 'Drucker druckt nicht',
    ...ids,
  };
  const inKimai = {
    seconds: 3600,
    day: '2026-11-20',
    begin: '2026-11-20T09:30:00Z',
    description: words,
    ...ids,
  };

  it('show what was agreed, what Zammad says and what Kimai says', () => {
    const facts = asks(reconcile(input({ entries: [longer], links: agreed, rows: [retimed] })))[0]?.facts;
    expect(facts).toMatchObject({ base: { ...inKimai, seconds: 1800 }, source: inZammad, target: inKimai });
    expect(facts).toMatchObject({
      targetRowId: '5',
      differing: ['seconds'],
      secondsAtStake: -900,
      gap: null,
    });
  });

  it('show nothing agreed where nothing is linked, and nothing in Kimai where no row is', () => {
    const unlinked = asks(reconcile(input({ entries: [longer], rows: [row(5)] })))[0]?.facts;
    expect(unlinked).toMatchObject({ base: null, source: inZammad, target: { seconds: 1800 } });
    const fresh = asks(reconcile(input({ entries: [longer], bridge: bridge({ newEntries: 'ask' }) })))[0]
      ?.facts;
    expect(fresh).toMatchObject({ base: null, source: inZammad, target: null, targetRowId: null });
  });

  it('show no time of an entry that is gone, and no ids that nobody needs', () => {
    const gone = { ...lead, deletedAt: DELETED_AT };
    const facts = asks(reconcile(input({ entries: [gone], links: agreed, rows: [linked] })))[0]?.facts;
    const nobody = { userId: null, projectId: null, activityId: null };
    expect(facts?.source).toEqual({ ...inZammad, ...nobody, seconds: null });
    expect(facts).toMatchObject({ base: null, target: { ...inKimai, seconds: 1800 }, differing: [] });
  });
});
