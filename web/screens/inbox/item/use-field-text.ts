import { useFormat } from '../../../format/use-format';
import { useT } from '../../../i18n/use-t';
import { valueOf, type ComparedField, type ComparedRow, type Side, type Sides } from './comparison';
import { withoutMarker } from './marker';

/** One side's value of a field as people read it: h:mm, a day, a name instead of an id. */
export function useFieldText() {
  const t = useT();
  const format = useFormat();

  const valueText = (field: ComparedField, side: Side): string => {
    const value = valueOf(side, field);
    if (value === null || value === '') return t('item.noValue');
    switch (field) {
      case 'seconds':
        return format.duration(Number(value));
      case 'day':
        return format.dayWithWeekday(String(value));
      case 'begin':
        return format.moment(String(value));
      case 'description':
        return withoutMarker(String(value)) || t('item.noValue');
      default:
        return nameOf(side, field) ?? String(value);
    }
  };

  /** By how much a duration moved since the last agreement, or against Zammad where there was none. */
  const deltaText = (row: ComparedRow, column: 'base' | 'source' | 'target', sides: Sides): string => {
    if (row.field !== 'seconds' || column === 'base') return '';
    const from = (sides.base ?? sides.source)?.seconds;
    const to = sides[column]?.seconds;
    return from === undefined || from === null || to === undefined || to === null
      ? ''
      : format.duration(to - from, { signed: true, unit: false });
  };

  return { valueText, deltaText };
}

/** A project is told with its customer, because projects of two customers often share a name. */
function nameOf(side: Side, field: 'userId' | 'projectId' | 'activityId'): string | null {
  if (field === 'userId') return side.person?.name ?? null;
  if (field === 'activityId') return side.activity?.name ?? null;
  const names = [side.project?.name, side.customer?.name].filter((name) => name);
  return names.length ? names.join(' · ') : null;
}
