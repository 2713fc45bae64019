import { computed, shallowReactive } from 'vue';
import type { ConflictRow } from '../../../data/conflicts';
import type { CaseList } from './use-case-list';

/** Cases picked for one decision together; they are kept with the version they had when they were picked. */
export function useSelection(list: CaseList) {
  const picked = shallowReactive(new Map<string, ConflictRow>());
  let anchor: string | null = null;

  function toggle(id: string, range: boolean) {
    if (range && anchor !== null) selectRange(list.offsetOf(anchor), list.offsetOf(id));
    else if (picked.has(id)) picked.delete(id);
    else pick(list.offsetOf(id));
    anchor = id;
  }
  function selectRange(a: number, b: number) {
    if (a < 0 || b < 0) return;
    for (let offset = Math.min(a, b); offset <= Math.max(a, b); offset += 1) pick(offset);
  }
  function pick(offset: number) {
    const row = list.caseAt(offset);
    if (row) picked.set(row.id, row);
  }

  return {
    ids: computed<ReadonlySet<string>>(() => new Set(picked.keys())),
    rows: computed<readonly ConflictRow[]>(() => [...picked.values()]),
    toggle,
    clear: () => {
      picked.clear();
      anchor = null;
    },
  };
}
