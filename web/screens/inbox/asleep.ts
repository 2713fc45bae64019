import type { ConflictRow } from '../../data/conflicts';
import { localDay } from '../../format/date';
import type { useFormat } from '../../format/use-format';
import { useT } from '../../i18n/use-t';

/** Until when a case was put aside, as a sentence and in short for its line; null when it was not. */
export function useAsleepText(
  format: ReturnType<typeof useFormat>,
): (row: ConflictRow) => { readonly full: string; readonly short: string } | null {
  const t = useT();
  return ({ state, snoozedUntil, snoozedUntilChange }) => {
    if (state !== 'open') return null;
    if (snoozedUntil === null)
      return snoozedUntilChange
        ? { full: t('item.snoozedUntilChange'), short: t('inbox.asleepUntilChange') }
        : null;
    const moment = format.moment(snoozedUntil);
    return {
      full: t(snoozedUntilChange ? 'item.snoozedEither' : 'item.snoozed', { moment }),
      short: t('inbox.asleepUntil', { day: format.shortDay(localDay(new Date(snoozedUntil), 0)) }),
    };
  };
}
