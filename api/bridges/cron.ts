/** The five fields of a cron text, as Temporal reads them. */
const FIELDS = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;
type Field = (typeof FIELDS)[number];

/** What is wrong with a cron text, in words that name the field; null when it is right. */
export function cronProblem(text: string): string | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `must have five fields (minute, hour, day of month, month, day of week), e.g. "*/15 * * * *"; it has ${parts.length}`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    const wrong = part.split(',').find((item) => !isItem(item, field));
    if (wrong !== undefined) {
      return `has "${wrong}" as ${field.name}; it must be *, a number from ${field.min} to ${field.max}, a range or a step`;
    }
  }
  return null;
}

/** `*`, `5`, `1-5`, `mon-fri`, each with an optional `/step`. */
function isItem(item: string, field: Field): boolean {
  const match = /^(?:\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d{1,2}))?$/i.exec(item);
  if (!match) return false;
  const [, from, to, step] = match;
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.max)) return false;
  if (from === undefined) return true;
  const first = valueOf(from, field);
  const last = to === undefined ? first : valueOf(to, field);
  return first !== null && last !== null && first <= last;
}

function valueOf(text: string, field: Field): number | null {
  const named = field.names.findIndex((name) => name === text.toLowerCase());
  if (named >= 0) return field.min + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.min && value <= field.max ? value : null;
}
