import { useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { withdrawDecision } from '../../../api/conflicts/withdraw-decision.contract';
import type { MappingKind, MappingRow } from '../../../api/mappings/mapping-shape.contract';
import { setMapping } from '../../../api/mappings/set-mapping.contract';
import { setMappings } from '../../../api/mappings/set-mappings.contract';
import { useApi } from '../../api/client';
import { usePendingDecisions } from '../../data/pending-decisions';
import { useWrite } from '../../data/use-write';
import { useT } from '../../i18n/use-t';
import { targetText } from './mapping-rows';

type Target = NonNullable<MappingRow['target']>;
export type MappingChange = {
  readonly sourceId: string;
  readonly sourceName: string;
  /** Null: ignore it, or with `ignored` false take the mapping away. */
  readonly target: Target | null;
  readonly ignored: boolean;
};

/** A source item and what it is to become; left out, `ignored` is false. */
export type MappedRow = {
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly ignored?: boolean;
};
const MOST_AT_A_TIME = 500;

/** Saves one mapping at once. Where it closes a case of the inbox it can be taken back, as there. */
export function useSetMapping(place: () => { readonly bridgeId: string; readonly kind: MappingKind }) {
  const t = useT();
  const api = useApi();
  const queryClient = useQueryClient();
  const { add, say } = usePendingDecisions();
  const refresh = () => {
    for (const topic of ['mappings', 'bridges', 'status', 'conflicts'])
      void queryClient.invalidateQueries({ queryKey: [topic] });
  };
  const said = (change: MappingChange, replanned: number) => {
    const source = change.sourceName;
    const text = change.target
      ? t('mappings.saved', { source, target: targetText(change.target, place().kind) })
      : t(change.ignored ? 'mappings.savedIgnored' : 'mappings.savedRemoved', { source });
    return replanned > 0 ? `${text} ${t('mappings.replanned', {}, replanned)}` : text;
  };
  const { mutateAsync, isPending } = useWrite(setMapping, { changes: ['mappings', 'bridges', 'status'] });

  /** Resolves whether or not it was saved; a refusal is said to the person. */
  async function save(change: MappingChange): Promise<void> {
    const { sourceId, target, ignored } = change;
    const { bridgeId, kind } = place();
    const reply = await mutateAsync({
      params: { bridgeId, kind },
      body: { sourceId, targetId: target?.id ?? null, ignored },
    }).catch(() => null);
    if (!reply) return;
    const { decision, replanned } = reply;
    if (!decision) return say('good', said(change, replanned));
    const { conflictId, decisionId, applyAfter } = decision;
    add(
      {
        ...{ id: decisionId, conflictIds: [conflictId], subject: change.sourceName, appliesAt: applyAfter },
        choice: target
          ? t('mappings.choiceName', { target: target.name ?? target.id })
          : t('mappings.ignoreName'),
        withdraw: () =>
          api.call(withdrawDecision, { params: { conflictId }, body: { decisionId } }).finally(refresh),
      },
      refresh,
    );
  }

  const { mutateAsync: sendAll, isPending: sendingAll } = useWrite(setMappings, {
    changes: ['mappings', 'bridges', 'status'],
  });
  /** Saves many in one step; those that close a case of the inbox can be taken back there. */
  async function saveAll(rows: readonly MappedRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += MOST_AT_A_TIME) {
      const items = rows.slice(at, at + MOST_AT_A_TIME).map((row) => ({ ignored: false, ...row }));
      const reply = await sendAll({ params: place(), body: { items } }).catch(() => null);
      if (!reply) return;
      const saved = t('mappings.savedMany', {}, reply.saved);
      const [refused] = reply.refused;
      say(refused ? 'bad' : 'good', refused ? `${saved} ${refused.detail}` : saved);
    }
    refresh();
  }
  return { save, saveAll, saving: computed(() => isPending.value || sendingAll.value) };
}
