import type { ApiClient } from '../../api/client';
import type { QueryOf, ReplyOf } from '../../../api/contract';
import { listAudit } from '../../../api/system/list-audit.contract';

export type AuditItem = ReplyOf<typeof listAudit>['items'][number];
export type TrailQuery = Omit<Partial<QueryOf<typeof listAudit>>, 'before' | 'limit'>;

const PAGE = 200;

/**
 * All records that fit the filters, the newest first, read page by page.
 * @param onProgress told how many there are after each page. @throws whatever a call throws: half a trail is none.
 */
export async function readTrail(
  api: ApiClient,
  query: TrailQuery,
  onProgress: (count: number) => void,
): Promise<readonly AuditItem[]> {
  const items: AuditItem[] = [];
  let before: string | undefined;
  do {
    const page = await api.call(listAudit, { query: { ...query, limit: PAGE, before } });
    items.push(...page.items);
    before = page.next ?? undefined;
    onProgress(items.length);
  } while (before !== undefined);
  return items;
}

const COLUMNS = [
  ...(['sequence', 'at', 'actorKind', 'actorName', 'actorId', 'action'] as const),
  ...([
    'subjectKind',
    'subjectId',
    'subjectName',
    'bridgeId',
    'runId',
    'before',
    'after',
    'details',
  ] as const),
] as const;

/** What a spreadsheet would run as a formula is text for it once an apostrophe stands before it (OWASP ASVS 1.2.10). */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '""';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/**
 * RFC 4180, with a byte order mark, because Excel takes the file for another encoding without one.
 * @param separator what spreadsheets of that language part columns by: `;` in German, `,` in English.
 */
export function trailAsCsv(items: readonly AuditItem[], separator: ',' | ';'): string {
  const lines = items.map(({ actor, details: { before, after, ...details }, ...item }) => {
    const record: Readonly<Record<(typeof COLUMNS)[number], unknown>> = {
      ...{ sequence: item.sequence, at: item.at, action: item.action },
      ...{ actorKind: actor.kind, actorName: actor.name, actorId: actor.id },
      ...{ subjectKind: item.subjectKind, subjectId: item.subjectId, subjectName: item.subjectName },
      ...{ bridgeId: item.bridgeId, runId: item.runId },
      ...{ before, after, details: Object.keys(details).length > 0 ? details : null },
    };
    return COLUMNS.map((column) => cell(record[column])).join(separator);
  });
  return `\ufeff${[COLUMNS.join(separator), ...lines].join('\r\n')}\r\n`;
}

export const trailAsJson = (items: readonly AuditItem[]): string => `${JSON.stringify(items, null, 2)}\n`;
