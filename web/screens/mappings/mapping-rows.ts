import type { MappingKind, MappingRow } from '../../../api/mappings/mapping-shape.contract';

/** Neither mapped nor ignored: entries with it cannot be written. */
export const isGap = (row: MappingRow): boolean => row.target === null && !row.ignored;

/** A gap that entries wait behind: what is counted as missing, here as in the inbox. */
export const isMissing = (row: MappingRow): boolean => isGap(row) && row.waitingCount > 0;

/** Gaps first, those with the most time behind them at the top; then by name in the order of the language. */
export function inOrder(rows: readonly MappingRow[], locale: string): MappingRow[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  return [...rows].sort(
    (a, b) =>
      Number(isGap(b)) - Number(isGap(a)) ||
      b.waitingSeconds - a.waitingSeconds ||
      b.waitingCount - a.waitingCount ||
      collator.compare(a.sourceName ?? '', b.sourceName ?? ''),
  );
}

export function matches(row: MappingRow, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const text = [row.sourceName, row.sourceEmail, row.target?.name, row.target?.parentName, row.target?.email];
  return text.some((part) => part?.toLowerCase().includes(wanted));
}

/** Gaps for which Kimai has something of the very same address, number or name; what is only alike is not taken unseen. */
export const proposed = (rows: readonly MappingRow[]): MappingRow[] =>
  rows.filter((row) => isGap(row) && row.proposal !== null && row.proposal.by !== 'similar');

type Target = NonNullable<MappingRow['target']>;

/** A thing of Kimai as one line: projects and activities with what they belong to, people with their address. */
export function targetText(target: Target, kind: MappingKind): string {
  const name = target.name ?? target.id;
  const more = kind === 'users' ? target.email : target.parentName;
  return more ? `${kind === 'users' ? `${name} · ${more}` : `${more} · ${name}`}` : name;
}

/** Something to choose, or with `type: 'label'` a heading above some. */
export type TargetOption = {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly type?: 'label';
};

/** What can be chosen, under headings by customer (projects) or project (activities); what belongs to none comes first. */
export function groupedTargets(targets: readonly Target[], locale: string): TargetOption[][] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const groups = new Map<string, TargetOption[]>();
  for (const { id, name, parentName, number, email, active } of targets) {
    if (!active) continue;
    const description = [number, email].filter((part) => part).join(' · ');
    const option = { value: id, label: name ?? id, ...(description && { description }) };
    groups.set(parentName ?? '', [...(groups.get(parentName ?? '') ?? []), option]);
  }
  return [...groups]
    .sort(([a], [b]) => collator.compare(a, b))
    .map(([parent, options]) => {
      const sorted = [...options].sort((a, b) => collator.compare(a.label, b.label));
      return parent ? [{ type: 'label' as const, value: '', label: parent }, ...sorted] : sorted;
    });
}
