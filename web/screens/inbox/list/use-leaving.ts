import { useQueryClient } from '@tanstack/vue-query';
import { computed, shallowReactive } from 'vue';
import { onConflictsChanged } from '../../../api/live-updates';
import { listConflicts } from '../../../../api/conflicts/list-conflicts.contract';
import { useApi } from '../../../api/client';
import { conflictQuery, type ConflictRow } from '../../../data/conflicts';
import { usePendingDecisions } from '../../../data/pending-decisions';
import { useT } from '../../../i18n/use-t';
import type { CaseList, Shelf } from './use-case-list';

const FADE_MS = 4_000;
/** More than a handful at once is a run or a bulk: then the pill is enough. */
const MOST = 10;
const MOST_A_PAGE = 200;

/** Cases in view that a colleague decided or put aside: they fade with the name, then go; nothing else moves. */
export function useLeaving(shelf: () => Shelf, list: () => CaseList) {
  const api = useApi();
  const t = useT();
  const queryClient = useQueryClient();
  const { hiddenIds } = usePendingDecisions();
  const leaving = shallowReactive(new Map<string, string>());
  const gone = shallowReactive(new Set<string>());

  onConflictsChanged((ids) => {
    const changed = ids.length === 0 ? list().loadedIds() : ids.filter((id) => list().offsetOf(id) >= 0);
    const shown = changed.filter((id) => !hiddenIds.value.has(id) && !gone.has(id));
    if (ids.length === 0) void lookAtAll(shown);
    else for (const id of shown.slice(0, MOST)) void look(id);
  });

  /** After a break nobody tells what has changed: one call finds out which of those in view are not in the list any more. */
  async function lookAtAll(shown: readonly string[]) {
    const query = { ...list().query.value, offset: 0, limit: MOST_A_PAGE };
    const page = await api.call(listConflicts, { query }).catch(() => null);
    if (page === null || page.total > page.items.length) return;
    const there = new Set(page.items.map(({ id }) => id));
    for (const id of shown.filter((one) => !there.has(one)).slice(0, MOST)) void look(id);
  }

  async function look(id: string) {
    const detail = await queryClient
      .fetchQuery({ ...conflictQuery(api, id), staleTime: 0 })
      .catch(() => null);
    const why = detail && whyGone(detail.conflict);
    if (why === null || hiddenIds.value.has(id)) return;
    leaving.set(id, why);
    window.setTimeout(() => {
      leaving.delete(id);
      gone.add(id);
    }, FADE_MS);
  }

  function whyGone({ state, decision, snoozedUntil, snoozedUntilChange }: ConflictRow): string | null {
    if (shelf() === 'done') return null; // there it comes, and stays
    if (state === 'open') {
      const asleep = snoozedUntil !== null || snoozedUntilChange;
      if (asleep === (shelf() === 'snoozed')) return null;
      return t(asleep ? 'inbox.snoozedElsewhere' : 'inbox.wokenElsewhere');
    }
    const name = decision?.actor.name;
    return name ? t('inbox.decidedBy', { name }) : t('inbox.settledElsewhere');
  }

  return { leaving, gone: computed<ReadonlySet<string>>(() => new Set(gone)), forget: () => gone.clear() };
}
