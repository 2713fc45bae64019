import { escapeHtml, html, page, type Reply } from '../kit/index.js';
import { formatDuration } from './forms/values.js';
import { displayName } from './render/user.js';
import type { KimaiState } from './state.js';
import type { KimaiTimesheet } from './world.js';
import { toLocal } from './zones.js';

const WORDS = {
  de: {
    ...{ title: 'Zeiterfassung', missing: 'Diesen Eintrag gibt es nicht (mehr).', user: 'Benutzer' },
    ...{ customer: 'Kunde', project: 'Projekt', activity: 'Tätigkeit', begin: 'Beginn', end: 'Ende' },
    ...{ duration: 'Dauer', description: 'Beschreibung', tags: 'Schlagworte', exported: 'Exportiert' },
    ...{ billable: 'Abrechenbar', yes: 'ja', no: 'nein', running: 'läuft' },
  },
  en: {
    ...{ title: 'Timesheet', missing: 'This record does not exist (any more).', user: 'User' },
    ...{ customer: 'Customer', project: 'Project', activity: 'Activity', begin: 'Begin', end: 'End' },
    ...{ duration: 'Duration', description: 'Description', tags: 'Tags', exported: 'Exported' },
    ...{ billable: 'Billable', yes: 'yes', no: 'no', running: 'running' },
  },
} as const;

type Words = (typeof WORDS)['de'] | (typeof WORDS)['en'];

/** The page behind a deep link `/de/timesheet/{id}/edit`; undefined when the path is no such link. */
export function timesheetPage(state: KimaiState, path: string): Reply | undefined {
  const match = /^\/(de|en)\/timesheet\/(\d+)\/edit$/.exec(path);
  if (match === null) return undefined;
  const language = match[1] === 'de' ? 'de' : 'en';
  const words = WORDS[language];
  const row = state.findTimesheet(Number(match[2]));
  const title = `Kimai · ${words.title} ${match[2] ?? ''}`;
  if (row === undefined) return html(404, page(title, `<p>${words.missing}</p>`, language));
  return html(200, page(title, table(fields(state, row, words)), language));
}

function fields(
  state: KimaiState,
  row: KimaiTimesheet,
  words: Words,
): readonly (readonly [string, string])[] {
  const project = state.project(row.project);
  const yesNo = (flag: boolean) => (flag ? words.yes : words.no);
  return [
    [words.user, displayName(state.user(row.user))],
    [words.customer, state.customer(project.customer).name],
    [words.project, project.name],
    [words.activity, state.activity(row.activity).name],
    [words.begin, local(row.timezone, row.begin)],
    [words.end, row.end === null ? words.running : local(row.timezone, row.end)],
    [words.duration, formatDuration(row.duration)],
    [words.description, row.description ?? ''],
    [words.tags, row.tags.map((id) => state.tag(id).name).join(', ')],
    [words.billable, yesNo(row.billable)],
    [words.exported, yesNo(row.exported)],
  ];
}

function local(zone: string, instant: number): string {
  return new Date(toLocal(zone, instant) * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

function table(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>\n${lines.join('\n')}\n</table>`;
}

/** The start page when nothing else is mounted: what this Kimai holds. */
export function startPage(counts: Readonly<Record<string, number>>): Reply {
  const rows = Object.entries(counts).map(([name, count]) => [name, String(count)] as const);
  return html(200, page('Kimai simulator', table(rows)));
}
