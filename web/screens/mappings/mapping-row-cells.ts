import type { MappingKind, MappingRow } from '../../../api/mappings/mapping-shape.contract';
import type { Translate } from '../../i18n/use-t';

/** What a Zammad item is called; what has no name there is told by what it stands for. */
export function sourceText(row: MappingRow, kind: MappingKind, t: Translate): string {
  if (row.sourceName) return row.sourceName;
  const id = row.sourceId.split(':').at(-1) ?? '';
  if (id === '') return kind === 'activities' ? t('mappings.noType') : t('mappings.noCustomer');
  return t('mappings.gone', { id });
}

/** The small line below: whose address, which of the two kinds of customer, no longer active. */
export function sourceNote(row: MappingRow, kind: MappingKind, t: Translate): string {
  const sort = row.sourceId.startsWith('organization:')
    ? t('mappings.organization')
    : t('mappings.ticketCustomer');
  return [
    kind === 'customers' && row.sourceId.includes(':') ? sort : null,
    row.sourceEmail,
    row.sourceActive ? null : t('mappings.inactive'),
  ]
    .filter((part) => part)
    .join(' · ');
}
