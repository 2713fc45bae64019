import { isReason, isRecord } from '../../../domain/reason';

/** A member of the details with its own value; `path` names it and what it stands in. */
export type DetailLine = {
  readonly path: readonly string[];
  /** Null where there is no value of before to show. */
  readonly before: unknown;
  readonly after: unknown;
  readonly changed: boolean;
};

/** Numbers by which programs find records again; a person has nothing to read there, and the export holds them. */
const FOR_PROGRAMS: ReadonlySet<string> = new Set([
  ...['id', 'code', 'decisionId', 'bulkId', 'undoId', 'previewId', 'keyId', 'ledgerId', 'digest', 'of'],
  ...['userId', 'projectId', 'activityId', 'assigneeId', 'version', 'conflicts', 'askId', 'noteId'],
]);

/** The details of an item, one line a value: what changed with both values, the rest with its one value. */
export function detailLines(details: Readonly<Record<string, unknown>>): readonly DetailLine[] {
  const { before, after, ...rest } = details;
  return [...comparedLines(before, after), ...linesOf([], rest)];
}

function comparedLines(before: unknown, after: unknown): readonly DetailLine[] {
  if (Array.isArray(before) || Array.isArray(after)) return changedLines(['list'], before ?? [], after ?? []);
  // A decision keeps what it was based on; there is no after to compare it with.
  if (after === undefined) return linesOf([], isRecord(before) ? before : {});
  return changedLines([], before, after);
}

function changedLines(path: readonly string[], before: unknown, after: unknown): readonly DetailLine[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, now] = [membersOf(before), membersOf(after)];
  if (!old && !now) return [{ path, before: before ?? null, after: after ?? null, changed: true }];
  return namesOf(old, now).flatMap((name) => changedLines([...path, name], old?.[name], now?.[name]));
}

function linesOf(path: readonly string[], members: Readonly<Record<string, unknown>>): readonly DetailLine[] {
  return namesOf(members).flatMap((name): readonly DetailLine[] => {
    const value = members[name];
    const inner = membersOf(value);
    if (inner) return linesOf([...path, name], inner);
    return isEmpty(value) ? [] : [{ path: [...path, name], before: null, after: value, changed: false }];
  });
}

const namesOf = (...records: readonly (Readonly<Record<string, unknown>> | null)[]): string[] =>
  [...new Set(records.flatMap((record) => Object.keys(record ?? {})))].filter(
    (name) => !FOR_PROGRAMS.has(name),
  );

/** What a value is made of; null for one that is read as a whole, as a reason and a list are. */
const membersOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  isRecord(value) && !isReason(value) ? value : null;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
