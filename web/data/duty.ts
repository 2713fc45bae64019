import { computed } from 'vue';
import { useT } from '../i18n/use-t';
import { useSession } from './session';
import { useStatus } from './status';

type Person = { readonly id: string; readonly name: string };

/** Whose week it is, in bridges whose people take turns: what is assigned to nobody is theirs. */
export function useDuty() {
  const t = useT();
  const { status } = useStatus();
  const { user } = useSession();
  const duty = computed(() => status.value?.duty ?? []);
  return {
    duty,
    onDutyIn: (bridgeId: string): Person | null =>
      duty.value.find((one) => one.bridgeId === bridgeId)?.person ?? null,
    /** As whoever looks would say it. */
    nameOf: ({ id, name }: Person): string => (id === user.value?.id ? t('inbox.you') : name),
    /** Whether a name alone could be about another bridge. */
    severalBridges: computed(() => (status.value?.bridges ?? 0) > 1),
  };
}
