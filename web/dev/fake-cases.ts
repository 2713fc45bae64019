import type { Choice } from '../../domain/conflict';
import { CHOICES_BY_KIND } from '../../domain/conflict';
import type { ConflictDetail } from '../data/conflicts';
import { RECIPES, type Candidate, type Recipe, type Side } from './fake-recipes';

const DAY_MS = 86_400_000;

/** At least one case of every kind, dated back from the time the world is made. */
export function fakeCases(now: Date): ConflictDetail[] {
  return RECIPES.map((recipe, index) => detailOf(recipe, index, now));
}

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
      price: recipe.stake > 0 ? { amount: 135, atStake: (recipe.stake / 3600) * 90, currency: 'EUR' } : null,
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
    timeZone: 'Europe/Berlin',
    links: {
      ticket: recipe.ticket ? `https://zammad.example.com/#ticket/zoom/${recipe.ticket[0]}` : null,
      timesheet: recipe.target ? `https://kimai.example.com/de/timesheet/${8841 + index}/edit` : null,
      run: '/runs/1286',
      workflow: `http://127.0.0.1:8233/namespaces/default/workflows/conflict%2F${index + 1}`,
    },
    timeline: [],
    secondPerson: null,
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
      currency: null,
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
    ticket_merged: recipe.merged ?? false,
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
