import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { Bridge } from '../../../api/bridges/bridge-shape.contract';
import { updateBridge } from '../../../api/bridges/update-bridge.contract';
import { toProblem } from '../../api/problem';
import { useWrite } from '../../data/use-write';
import { useT } from '../../i18n/use-t';
import {
  changesOf,
  draftOf,
  draftProblems,
  dutyChanged,
  type BridgeChanges,
  type BridgeDraft,
} from './bridge-draft';

type Question = 'live' | 'earlier' | null;

/** The settings of a bridge while they are being changed: what differs, what is wrong, what needs a yes. */
export function useBridgeForm(bridge: Ref<Bridge | undefined>) {
  const t = useT();
  const draft = ref<BridgeDraft>();
  /** The bridge that the draft began with; later versions from the server do not overwrite what is typed. */
  const base = shallowRef<Bridge>();
  const question = ref<Question>(null);
  const overtaken = ref(false);

  function begin(from: Bridge) {
    base.value = from;
    draft.value = draftOf(from);
    overtaken.value = false;
    question.value = null;
  }
  const changes = computed(() => (base.value && draft.value ? changesOf(base.value, draft.value) : null));
  const problems = computed(() =>
    base.value && draft.value
      ? draftProblems(draft.value, base.value.tokenRisk.powerful, awayIn(base.value, draft.value))
      : {},
  );
  watch(
    bridge,
    (now) => {
      if (!now) return;
      if (!base.value || base.value.id !== now.id || changes.value === null) begin(now);
      else if (now.revision !== base.value.revision) overtaken.value = true;
    },
    { immediate: true },
  );

  const { mutate, isPending } = useWrite(updateBridge, {
    changes: ['bridges', 'status'],
    done: () => t('setup.saved'),
    onSuccess: ({ bridge: saved }) => begin(saved),
    onError: (error) => {
      const stale = toProblem(error).code === 'changed-meanwhile';
      if (stale) overtaken.value = true;
      return stale;
    },
  });
  function send(more: BridgeChanges = {}) {
    const from = base.value;
    if (from)
      mutate({ params: { bridgeId: from.id }, body: { revision: from.revision, ...changes.value, ...more } });
  }
  function save() {
    const wanted = changes.value;
    if (!wanted || !base.value || Object.keys(problems.value).length > 0) return;
    if (wanted.startFrom && wanted.startFrom < base.value.startFrom) question.value = 'earlier';
    else if (wanted.mode === 'live') question.value = 'live';
    else send();
  }
  return {
    ...{ draft, base, changes, problems, question, overtaken, saving: isPending, save },
    confirm: () => send(question.value === 'earlier' ? { confirmEarlierStart: true } : {}),
    discard: () => bridge.value && begin(bridge.value),
  };
}

/** Who stands in a changed list without being able to decide; a list that nobody touches may keep them. */
const awayIn = (bridge: Bridge, draft: BridgeDraft): ReadonlySet<string> =>
  new Set(
    dutyChanged(bridge, draft) ? bridge.duty.people.filter(({ active }) => !active).map(({ id }) => id) : [],
  );
