import type { Choice, ConflictKind } from '../../domain/conflict';
import type { Fact } from '../../domain/reason';
import { CHOICES_BY_KIND } from '../../domain/conflict';
import type { ConflictDetail } from '../data/conflicts';

type Side = NonNullable<ConflictDetail['base']>;
type Candidate = ConflictDetail['candidates'][number];
type Recipe = {
  readonly kind: ConflictKind;
  readonly code: string;
  readonly ticket?: readonly [number: string, title: string];
  readonly customer?: string;
  readonly person?: string;
  readonly daysAgo: number;
  readonly stake: number;
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly base?: Partial<Side> | null;
  readonly source?: Partial<Side> | null;
  readonly target?: Partial<Side> | null;
  readonly differing?: ConflictDetail['differing'];
  readonly candidates?: readonly Partial<Candidate>[];
  readonly gap?: { readonly key: string; readonly name: string };
  readonly waiting?: number;
  readonly refused?: readonly Choice[];
};

const HOUR = 3600;
const DAY_MS = 86_400_000;

/** At least one case of every kind, dated back from the time the world is made. */
export function fakeCases(now: Date): ConflictDetail[] {
  return RECIPES.map((recipe, index) => detailOf(recipe, index, now));
}

const RECIPES: readonly Recipe[] = [
  {
    ...{ kind: 'unmapped_activity', code: 'unmapped_activity', daysAgo: 3, stake: 9.75 * HOUR, waiting: 14 },
    ...{
      gap: { key: '7', name: 'Fernwartung' },
      facts: { name: 'Fernwartung', entryCount: 14, sourceSeconds: 35_100 },
    },
  },
  {
    ...{ kind: 'unmapped_user', code: 'unmapped_user', daysAgo: 2, stake: 4.5 * HOUR, waiting: 6 },
    ...{
      gap: { key: '12', name: 'Ben Yılmaz' },
      facts: { name: 'Ben Yılmaz', entryCount: 6, sourceSeconds: 16_200 },
    },
  },
  {
    ...{ kind: 'unmapped_customer', code: 'unmapped_customer', daysAgo: 1, stake: 2 * HOUR, waiting: 3 },
    ...{
      gap: { key: 'organization:9', name: 'Praxis Dr. Engel' },
      facts: { name: 'Praxis Dr. Engel', entryCount: 3, sourceSeconds: 7200 },
    },
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 5, stake: -1800 },
    ...{
      ticket: ['50012', 'Drucker im Lager druckt nicht'],
      customer: 'Autohaus Kern KG',
      person: 'Anna Vogt',
    },
    facts: { fields: ['seconds'], baseSeconds: 5400, sourceSeconds: 5400, targetSeconds: 7200 },
    ...{
      base: {},
      source: {},
      target: { seconds: 7200, description: 'Treiber neu installiert, Testdruck mit Hr. Maier' },
    },
    differing: ['seconds', 'description'],
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 4, stake: 900 },
    ...{
      ticket: ['50044', 'VPN-Zugang Homeoffice einrichten'],
      customer: 'Steuerkanzlei Brandt',
      person: 'Ben Yılmaz',
    },
    facts: { fields: ['seconds'], baseSeconds: 5400, sourceSeconds: 5400, targetSeconds: 4500 },
    ...{ base: {}, source: {}, target: { seconds: 4500 }, differing: ['seconds'] },
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 4, stake: 2 * HOUR },
    ...{
      ticket: ['50051', 'Umzug Exchange, Nacharbeiten'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Lena Roth',
    },
    facts: { fields: ['seconds', 'activityId'], baseSeconds: 9000, sourceSeconds: 9000, targetSeconds: 1800 },
    ...{ base: { seconds: 9000 }, source: { seconds: 9000 } },
    target: { seconds: 1800, activity: { id: '3', name: 'Wartung' } },
    differing: ['seconds', 'activityId'],
  },
  {
    ...{ kind: 'mismatch', code: 'both_changed', daysAgo: 2, stake: -1800 },
    ...{ ticket: ['50038', 'Outlook startet nicht'], customer: 'Stadtwerke Ost', person: 'Anna Vogt' },
    facts: { fields: ['seconds'], sourceSeconds: 4500, targetSeconds: 6300 },
    ...{
      base: {},
      source: { seconds: 4500 },
      target: { seconds: 6300, activity: { id: '2', name: 'Support vor Ort' } },
    },
    differing: ['seconds', 'activityId'],
  },
  {
    ...{ kind: 'locked', code: 'locked_row_exported', daysAgo: 24, stake: HOUR, refused: ['deduct'] },
    ...{ ticket: ['49877', 'Serverraum: Klima-Alarm'], customer: 'Autohaus Kern KG', person: 'Anna Vogt' },
    facts: { differenceSeconds: HOUR, sourceSeconds: 9000, targetSeconds: 5400 },
    ...{ base: {}, source: { seconds: 9000 }, target: {}, differing: ['seconds'] },
  },
  {
    ...{
      kind: 'locked',
      code: 'locked_row_exported',
      daysAgo: 24,
      stake: -1800,
      refused: ['book_correction'],
    },
    ...{ ticket: ['49902', 'Benutzerkonto gesperrt'], customer: 'Praxis Dr. Engel', person: 'Ben Yılmaz' },
    facts: { differenceSeconds: -1800, sourceSeconds: 3600, targetSeconds: 5400 },
    ...{
      base: {},
      source: { seconds: 3600 },
      target: {},
      differing: ['seconds'],
      candidates: [{ score: 0.4 }, { score: 0.3 }],
    },
  },
  {
    ...{ kind: 'duplicate', code: 'several_with_marker', daysAgo: 3, stake: 2700 },
    ...{ ticket: ['50060', 'Monitor defekt, Tausch'], customer: 'Stadtwerke Ost', person: 'Lena Roth' },
    facts: { rowCount: 2, targetSeconds: 5400 },
    ...{ base: null, source: { seconds: 2700 }, target: null },
    candidates: [
      { seconds: 2700, score: 1 },
      { seconds: 2700, score: 1, exported: true },
    ],
  },
  {
    ...{ kind: 'ambiguous', code: 'similar_rows', daysAgo: 2, stake: 3600 },
    ...{
      ticket: ['50063', 'WLAN im Besprechungsraum instabil'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Anna Vogt',
    },
    facts: { rowCount: 2, sourceSeconds: 3600 },
    ...{ base: null, source: { seconds: 3600 }, target: null },
    candidates: [
      { seconds: 3600, score: 0.82, description: 'WLAN Besprechungsraum' },
      { seconds: 4500, score: 0.64, description: 'Access Point getauscht' },
    ],
  },
  {
    ...{ kind: 'missing', code: 'missing', daysAgo: 1, stake: 1800 },
    ...{
      ticket: ['50071', 'Neuer Arbeitsplatz für Auszubildende'],
      customer: 'Autohaus Kern KG',
      person: 'Lena Roth',
    },
    ...{ facts: { sourceSeconds: 1800 }, base: null, source: { seconds: 1800 }, target: null },
  },
  {
    ...{ kind: 'target_deleted', code: 'target_deleted', daysAgo: 1, stake: 1800 },
    ...{ ticket: ['50025', 'Passwort zurücksetzen'], customer: 'Steuerkanzlei Brandt', person: 'Anna Vogt' },
    ...{ facts: { sourceSeconds: 1800 }, base: { seconds: 1800 }, source: { seconds: 1800 }, target: null },
  },
  {
    ...{ kind: 'source_deleted', code: 'source_deleted', daysAgo: 1, stake: -4500 },
    ...{ ticket: ['50029', 'Backup-Bericht prüfen'], customer: 'Stadtwerke Ost', person: 'Ben Yılmaz' },
    ...{ facts: { targetSeconds: 4500 }, base: { seconds: 4500 }, source: null, target: { seconds: 4500 } },
  },
  {
    ...{ kind: 'rejected', code: 'overlap', daysAgo: 1, stake: 5400 },
    ...{
      ticket: ['50080', 'Switch im Erdgeschoss ausgefallen'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Anna Vogt',
    },
    ...{
      facts: { quoted: ['You already have an entry for this time.'] },
      base: null,
      source: { seconds: 5400 },
      target: null,
    },
  },
  {
    ...{ kind: 'correction', code: 'correction', daysAgo: 1, stake: -1800 },
    ...{
      ticket: ['50012', 'Drucker im Lager druckt nicht'],
      customer: 'Autohaus Kern KG',
      person: 'Anna Vogt',
    },
    ...{ facts: { sourceSeconds: -1800 }, base: null, source: { seconds: -1800 }, target: null, waiting: 2 },
  },
  {
    kind: 'unreadable',
    code: 'unreadable',
    daysAgo: 0,
    stake: 0,
    ticket: ['50090', 'Telefonanlage: Ansage ändern'],
    facts: { unitText: '1,5.0' },
  },
  {
    ...{
      kind: 'reverted',
      code: 'reverted',
      daysAgo: 0,
      stake: 2700,
      ticket: ['50033', 'Scanner einrichten'],
    },
    ...{
      customer: 'Praxis Dr. Engel',
      person: 'Lena Roth',
      base: { seconds: 2700 },
      source: { seconds: 2700 },
      target: null,
    },
  },
  {
    ...{
      kind: 'unknown_outcome',
      code: 'unknown_outcome',
      daysAgo: 0,
      stake: 900,
      ticket: ['50034', 'Zertifikat erneuern'],
    },
    ...{
      customer: 'Stadtwerke Ost',
      person: 'Ben Yılmaz',
      base: null,
      source: { seconds: 900 },
      target: null,
    },
  },
  {
    kind: 'guard',
    code: 'guard_deletes',
    daysAgo: 0,
    stake: -40 * HOUR,
    facts: { stepCount: 38, linkCount: 412, limit: 10 },
  },
];

function detailOf(recipe: Recipe, index: number, now: Date): ConflictDetail {
  const day = new Date(now.getTime() - recipe.daysAgo * DAY_MS).toISOString().slice(0, 10);
  const openedAt = new Date(now.getTime() - recipe.daysAgo * DAY_MS - 3_600_000).toISOString();
  const side = (part: Partial<Side> | null | undefined) =>
    part ? { ...sideOf(recipe, day), ...part } : null;
  const candidates = (recipe.candidates ?? []).map((part, place) => candidateOf(recipe, day, part, place));
  const facts = { ...recipe.facts, entryDay: day, ticketNumber: recipe.ticket?.[0] ?? null };
  return {
    conflict: {
      id: String(index + 1),
      ...{
        bridgeId: 'haupt',
        bridgeName: 'Zammad → Kimai',
        kind: recipe.kind,
        state: 'open',
        version: `v${index + 1}`,
      },
      why: { code: recipe.code, facts },
      ticketNumber: recipe.ticket?.[0] ?? null,
      ticketTitle: recipe.ticket?.[1] ?? null,
      customerKey: recipe.customer ? `organization:${recipe.customer}` : null,
      customerName: recipe.customer ?? null,
      personId: recipe.person ?? null,
      personName: recipe.person ?? null,
      entryDate: recipe.gap || recipe.kind === 'guard' ? null : day,
      secondsAtStake: recipe.stake,
      entryCount: recipe.waiting ?? 1,
      candidateCount: candidates.length,
      gap: recipe.gap ?? null,
      ...{ assignee: null, snoozedUntil: null, snoozedUntilChange: false, reopenedWhy: null },
      ...{ openedAt, closedAt: null, closedWhy: null, decision: null },
    },
    ...{ base: side(recipe.base), source: side(recipe.source), target: side(recipe.target) },
    targetRowId: recipe.target ? String(8841 + index) : null,
    differing: [...(recipe.differing ?? [])],
    candidates,
    choices: choicesOf(recipe, candidates),
    entries: Array.from({ length: recipe.waiting ?? 1 }, (_, place) => entryOf(recipe, day, openedAt, place)),
    links: {
      ticket: recipe.ticket ? `https://zammad.example.com/#ticket/zoom/${recipe.ticket[0]}` : null,
      timesheet: recipe.target ? `https://kimai.example.com/de/timesheet/${8841 + index}/edit` : null,
      run: '/runs/1286',
      workflow: `http://127.0.0.1:8233/namespaces/default/workflows/conflict%2F${index + 1}`,
    },
    timeline: [],
    previousDecisions: [],
    previous: null,
  };
}

function sideOf(recipe: Recipe, day: string): Side {
  return {
    ...{ seconds: 5400, day, begin: null },
    person: { id: '3', name: recipe.person ?? null },
    project: { id: '7', name: 'Wartung 2026' },
    customer: { id: '2', name: recipe.customer ?? null },
    activity: { id: '4', name: 'Support remote' },
    description: recipe.base === null ? null : 'Treiber neu installiert',
  };
}

function candidateOf(recipe: Recipe, day: string, part: Partial<Candidate>, place: number): Candidate {
  const id = String(9012 + place);
  return {
    ...{ timesheetId: id, url: `https://kimai.example.com/de/timesheet/${id}/edit` },
    ...{
      begin: `${day}T${String(8 + place * 3).padStart(2, '0')}:15:00Z`,
      end: `${day}T${String(9 + place * 3).padStart(2, '0')}:00:00Z`,
    },
    ...{
      seconds: 2700,
      day,
      person: { id: '3', name: recipe.person ?? null },
      project: { id: '7', name: 'Wartung 2026' },
    },
    ...{
      customer: { id: '2', name: recipe.customer ?? null },
      activity: { id: '4', name: 'Support remote' },
    },
    ...{
      description: recipe.ticket?.[1] ?? null,
      tags: [],
      exported: false,
      billable: true,
      rate: null,
      score: 1,
    },
    scoreParts: { date: 1, duration: part.score ?? 1, person: 1, text: (part.score ?? 1) / 2, project: 1 },
    ...part,
  };
}

const WITH_TARGET: readonly Choice[] = ['link', 'link_one', 'keep_one', 'deduct', 'apply_to', 'it_is_there'];
const EFFECTS: Readonly<Partial<Record<Choice, string>>> = {
  ...{
    take_source: 'will_update',
    per_field: 'will_update',
    keep_target: 'will_keep',
    create: 'will_create',
  },
  ...{ create_again: 'will_create', link: 'will_link', link_one: 'will_link', keep_one: 'will_keep_one' },
  ...{
    delete_target: 'will_delete',
    book_correction: 'will_create',
    deduct: 'will_deduct',
    apply_to: 'will_deduct',
  },
  credit_outside: 'will_accept_difference',
};

function choicesOf(recipe: Recipe, candidates: readonly Candidate[]): ConflictDetail['choices'] {
  const seconds = recipe.source?.seconds ?? 5400;
  const facts = {
    ...{ fields: ['seconds'], oldSeconds: recipe.target?.seconds ?? 5400, newSeconds: seconds },
    ...{
      targetSeconds: recipe.target?.seconds ?? seconds,
      rowCount: 1,
      differenceSeconds: recipe.stake,
      rowDay: '2026-11-23',
    },
  };
  return CHOICES_BY_KIND[recipe.kind].flatMap((choice) => {
    const preview = (targetId: string | null) => ({
      ...{
        choice,
        targetId,
        effect: { code: EFFECTS[choice] ?? 'will_change_nothing', facts },
        desired: null,
      },
      refusal: recipe.refused?.includes(choice) ? { code: 'difference_not_positive', facts } : null,
    });
    if (choice === 'apply_to') return [preview('101')];
    return WITH_TARGET.includes(choice) && candidates.length
      ? candidates.map(({ timesheetId }) => preview(timesheetId))
      : [preview(null)];
  });
}

function entryOf(recipe: Recipe, day: string, at: string, place: number): ConflictDetail['entries'][number] {
  return {
    ...{ id: String(100 + place), source: 'zammad', source_id: String(4100 + place), ticket_id: 50 + place },
    ticket_number: recipe.ticket?.[0] ?? String(50_100 + place),
    ticket_title: recipe.ticket?.[1] ?? WAITING_TITLES[place % WAITING_TITLES.length] ?? '',
    ...{
      description: '',
      time_minutes: recipe.waiting ? Math.round(recipe.stake / 60 / recipe.waiting) : 90,
      unit_text: '1.5',
    },
    ...{
      activity_type_id: 7,
      activity_name: recipe.gap?.name ?? 'Support',
      user_name: recipe.person ?? 'Anna Vogt',
    },
    ...{ user_email: null, customer_name: recipe.customer ?? 'Autohaus Kern KG', entry_date: day },
    ...{ created_at: at, updated_at: at, deleted_at: null, tags: [], url: null },
  };
}

const WAITING_TITLES = [
  'Rechner friert ein',
  'E-Mail-Weiterleitung',
  'Teams ohne Ton',
  'Drucker offline',
  'Server-Updates',
];
