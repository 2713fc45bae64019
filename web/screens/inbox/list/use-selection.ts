import { computed, ref, shallowReactive, type Ref } from 'vue';
import { listConflicts } from '../../../../api/conflicts/list-conflicts.contract';
import { useApi } from '../../../api/client';
import { useProblemText } from '../../../components/use-problem-text';
import type { ConflictGroup, ConflictRow, ListConflictsQuery } from '../../../data/conflicts';
import { usePendingDecisions } from '../../../data/pending-decisions';
import { useT } from '../../../i18n/use-t';
import type { CaseList } from './use-case-list';

/** As many as one bulk decision takes. */
export const MOST_SELECTED = 5_000;
const PAGE_SIZE = 200;

/** Cases picked for one decision together; they are kept with the version they had when they were picked. */
export function useSelection(list: CaseList, query: Ref<ListConflictsQuery>) {
  const api = useApi();
  const t = useT();
  const problemText = useProblemText();
  const { hiddenIds, say } = usePendingDecisions();
  const picked = shallowReactive(new Map<string, ConflictRow>());
  const loading = ref(false);
  let anchor: string | null = null;
  /** Changes with every clearing: what was asked for before it must not come in after it. */
  let round = 0;

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
  /** All of the list as it is filtered, or all of one group; read from the server, since only what is in view is here. */
  async function selectAll(group: ConflictGroup | null) {
    const own = round;
    const part = group ? { kind: [group.kind], cause: group.cause } : {};
    loading.value = true;
    try {
      for (let offset = 0; picked.size < MOST_SELECTED; offset += PAGE_SIZE) {
        const page = { grouped: true, offset, limit: PAGE_SIZE };
        const { items, total } = await api.call(listConflicts, {
          query: { ...query.value, ...part, ...page },
        });
        if (own !== round) return;
        for (const row of items)
          if (!hiddenIds.value.has(row.id) && picked.size < MOST_SELECTED) picked.set(row.id, row);
        if (offset + PAGE_SIZE >= total) return;
      }
    } catch (error) {
      say('bad', t('undo.failed', { problem: problemText(error) }));
    } finally {
      loading.value = false;
    }
  }

  return {
    ids: computed<ReadonlySet<string>>(() => new Set(picked.keys())),
    rows: computed<readonly ConflictRow[]>(() => [...picked.values()]),
    loading,
    toggle,
    selectAll,
    clear: () => {
      picked.clear();
      anchor = null;
      round += 1;
    },
  };
}
