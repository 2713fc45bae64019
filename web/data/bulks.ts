import { useQueryClient } from '@tanstack/vue-query';
import { computed, shallowReactive } from 'vue';
import { decideBulk } from '../../api/bulk/decide-bulk.contract';
import { readBulk } from '../../api/bulk/read-bulk.contract';
import { withdrawBulk } from '../../api/bulk/withdraw-bulk.contract';
import type { ReplyOf } from '../../api/contract';
import type { Choice } from '../../domain/conflict';
import { useApi } from '../api/client';
import { useProblemText } from '../components/use-problem-text';
import { useT } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';
import { queryKeys } from './keys';
import { usePendingDecisions } from './pending-decisions';

export type BulkVerdict = {
  readonly choice: Choice;
  readonly note: string | null;
  readonly items: readonly { readonly conflictId: string; readonly version: string }[];
};
export type Bulk = ReplyOf<typeof readBulk>;

const POLL_MS = 700;
const progress = shallowReactive(new Map<string, Bulk>());

/** Bulk decisions that are being written, or whose outcome nobody has put away yet; the newest first. */
export function useBulkProgress() {
  return {
    bulks: computed(() => [...progress.values()].reverse()),
    putAway: (id: string) => void progress.delete(id),
  };
}

/** Decides many cases with one choice: one undo for all of them, then an outcome for each. */
export function useDecideBulk(): (verdict: BulkVerdict) => void {
  const api = useApi();
  const t = useT();
  const words = useWords();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { pending, hide, unhide, send, remove, say } = usePendingDecisions();
  const stillPending = (id: string) => pending.value.some((decision) => decision.id === id);

  const readAgain = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['conflicts'] }),
      queryClient.invalidateQueries({ queryKey: queryKeys.status }),
    ]);

  async function decide({ choice, note, items }: BulkVerdict): Promise<void> {
    const bulkId = crypto.randomUUID();
    const conflictIds = items.map(({ conflictId }) => conflictId);
    const body = { bulkId, choice, note, items: [...items] };
    const reply = api.call(decideBulk, { body });
    const withdraw = async () => {
      await reply;
      return api.call(withdrawBulk, { params: { bulkId } });
    };
    const decision = { id: bulkId, conflictIds, subject: '', choice: words.choiceName(choice), withdraw };
    hide(conflictIds);
    send({ ...decision, appliesAt: null });
    try {
      await reply;
      await follow(bulkId, (appliesAt) => stillPending(bulkId) && send({ ...decision, appliesAt }));
    } catch (error) {
      say('bad', t('undo.failed', { problem: problemText(error) }));
    }
    remove(bulkId);
    // Shown again only once the list says anew what is open, else what is done flashes up.
    await readAgain().catch(() => undefined);
    unhide(conflictIds);
  }

  /** Looks again and again until every case has an outcome. */
  async function follow(bulkId: string, inGrace: (until: string) => void): Promise<void> {
    for (;;) {
      const bulk = await api.call(readBulk, { params: { bulkId } });
      if (bulk.state === 'withdrawn') return;
      if (bulk.state === 'grace' && bulk.applyAfter !== null) inGrace(bulk.applyAfter);
      if (bulk.state === 'applying' || bulk.state === 'done') {
        remove(bulkId);
        progress.set(bulkId, bulk);
      }
      if (bulk.state === 'done') return;
      await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
    }
  }

  return (verdict) => void decide(verdict);
}
