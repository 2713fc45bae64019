import { markdownTable, shown } from './table.js';
import { measuredOf, type Finding } from './finding.js';
import type { Results } from './results.js';

const findingsOf = ({ rows }: Results): ReadonlyMap<string, Finding> =>
  new Map(rows.flatMap(({ findings }) => findings).map((finding) => [finding.id, finding]));

/** Two files of results side by side: what became of each figure that both have. */
export function compareResults(before: Results, after: Results): string {
  const old = findingsOf(before);
  const lines = [...findingsOf(after).values()].flatMap((finding) => {
    const other = old.get(finding.id);
    if (other === undefined) return [];
    const [was, is] = [measuredOf(other), measuredOf(finding)];
    const change = `${is >= was ? '+' : ''}${Math.round((is / was - 1) * 100)} %`;
    return [[finding.what, shown(was, finding.unit), shown(is, finding.unit), change]];
  });
  return markdownTable(['what', 'before', 'now', 'change'], lines);
}
