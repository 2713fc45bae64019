import { toInstant, toLocal } from './zones.js';

/** Resolves a date phrase against `now` (seconds) in a zone, to an instant in seconds. */
export type RelativeDate = (zone: string, now: number) => number;

type Step = (local: Date) => Date;

const UNITS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Understands the date phrases that Kimai's lockdown settings use, as PHP reads them: `first day of last month`,
 * `last day of -2 months 23:59:59`, `2026-10-31 23:59:59`, `monday this week`, `+5 days`. A phrase without a time keeps
 * the time of day, also `first day of ...`; a date, `today` and a weekday start at midnight. Undefined when not
 * understood.
 */
export function relativeDate(phrase: string): RelativeDate | undefined {
  const steps: Step[] = [];
  let rest = phrase.toLowerCase().trim();
  while (rest !== '') {
    const found = RULES.map(({ form, step }) => ({ step, match: form.exec(rest) })).find(
      ({ match }) => match !== null,
    );
    const match = found?.match ?? null;
    if (found === undefined || match === null) return undefined;
    const step = found.step(match.slice(1).map((part) => part ?? ''));
    if (step === undefined) return undefined;
    steps.push(step);
    rest = rest.slice(match[0].length).trim();
  }
  // PHP shifts months before it picks the first or last day, and sets the time last, wherever the words stand.
  const ordered = [...steps].sort((a, b) => rank(a) - rank(b));
  return (zone, now) => {
    const local = ordered.reduce((date, step) => step(date), new Date(toLocal(zone, now) * 1000));
    return toInstant(zone, Math.floor(local.getTime() / 1000));
  };
}

const ranks = new WeakMap<Step, number>();

function rank(step: Step): number {
  return ranks.get(step) ?? 0;
}

function ranked(order: number, step: Step): Step {
  ranks.set(step, order);
  return step;
}

const midnight = (date: Date) => new Date(Math.floor(date.getTime() / 86_400_000) * 86_400_000);
const addDays = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000);

function addMonths(date: Date, months: number): Date {
  const moved = new Date(date);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved;
}

/** `first day of last month`: the day is picked in the shifted month, so 31 March never overflows into another. */
function edgeOfMonth(last: boolean, months: number): Step {
  return ranked(0, (date) => {
    const month = date.getUTCMonth() + months + (last ? 1 : 0);
    const day = Date.UTC(date.getUTCFullYear(), month, last ? 0 : 1);
    return new Date(day + (date.getTime() - midnight(date).getTime()));
  });
}

function count(word: string): number {
  if (word === 'last' || word === 'previous') return -1;
  if (word === 'next') return 1;
  return word === 'this' || word === '' ? 0 : Number(word.replace(/\s/g, ''));
}

function shift(amount: number, unit: string): Step | undefined {
  if (unit === 'month') return ranked(1, (date) => addMonths(date, amount));
  if (unit === 'year') return ranked(1, (date) => addMonths(date, amount * 12));
  const seconds = UNITS[unit];
  return seconds === undefined
    ? undefined
    : ranked(1, (date) => new Date(date.getTime() + amount * seconds * 1000));
}

function weekday(name: string, way: string): Step {
  const wanted = WEEKDAYS.indexOf(name);
  return ranked(2, (date) => {
    const ahead = (wanted - date.getUTCDay() + 7) % 7;
    if (way === 'last' || way === 'previous') return addDays(midnight(date), ahead === 0 ? -7 : ahead - 7);
    return addDays(midnight(date), way === 'next' && ahead === 0 ? 7 : ahead);
  });
}

function weekdayOfWeek(name: string, weeks: number): Step {
  return ranked(2, (date) => {
    const monday = addDays(midnight(date), -((date.getUTCDay() + 6) % 7));
    return addDays(monday, ((WEEKDAYS.indexOf(name) + 6) % 7) + weeks * 7);
  });
}

const DAY = WEEKDAYS.join('|');
const WAY = 'last|previous|this|next';

const RULES: readonly { readonly form: RegExp; readonly step: (parts: string[]) => Step | undefined }[] = [
  {
    form: new RegExp(`^(first|last) day of\\s+(?:(${WAY}|[+-]?\\s*\\d+)\\s+months?)`),
    step: ([edge = '', way = '']) => edgeOfMonth(edge === 'last', count(way)),
  },
  {
    form: /^(\d{4})-(\d{2})-(\d{2})(?:t|\b)/,
    step: ([y, m, d]) => ranked(-1, () => new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))),
  },
  {
    form: /^(\d{1,2}):(\d{2})(?::(\d{2}))?/,
    step: ([h, m, s]) =>
      ranked(
        3,
        (date) => new Date(midnight(date).getTime() + (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000),
      ),
  },
  { form: /^now\b/, step: () => ranked(0, (date) => date) },
  { form: /^(?:today|midnight)\b/, step: () => ranked(0, midnight) },
  { form: /^noon\b/, step: () => ranked(3, (date) => new Date(midnight(date).getTime() + 43_200_000)) },
  { form: /^yesterday\b/, step: () => ranked(0, (date) => addDays(midnight(date), -1)) },
  { form: /^tomorrow\b/, step: () => ranked(0, (date) => addDays(midnight(date), 1)) },
  {
    form: new RegExp(`^(${DAY})\\s+(${WAY})\\s+week\\b`),
    step: ([day = '', way = '']) => weekdayOfWeek(day, count(way)),
  },
  { form: new RegExp(`^(?:(${WAY})\\s+)?(${DAY})\\b`), step: ([way = '', day = '']) => weekday(day, way) },
  {
    form: new RegExp(`^(${WAY}|[+-]?\\s*\\d+)\\s*(sec|second|min|minute|hour|day|week|month|year)s?\\b`),
    step: ([amount = '', unit = '']) => shift(count(amount), unit),
  },
];
