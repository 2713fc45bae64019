import { ROLES } from '../../../api/contract';
import { CHOICES, CONFLICT_KINDS } from '../../../domain/conflict';
import { BRIDGE_MODES } from '../../../domain/policies';
import { isReason, isRecord, type Reason } from '../../../domain/reason';
import { useFormat } from '../../format/use-format';
import { useT } from '../../i18n/use-t';
import { useWords } from '../../i18n/use-words';
import { POLICY_NAMES, POLICY_OPTIONS } from '../bridges/policy-fields';
import { OTHER_FIELDS, OWN_FIELDS } from './audit-item';

const NOTHING = '–';
const isOther = (name: string): name is keyof typeof OTHER_FIELDS => Object.hasOwn(OTHER_FIELDS, name);
const OUTCOMES = ['pending', 'applied', 'no_op', 'refused', 'stale', 'failed', 'withdrawn'] as const;

/**
 * Names and values of the details as the rest of the page has them; what a newer version adds shows as it is.
 * @param about facts of the record itself, which the sentences of its reasons use.
 */
export function useDetailText(about: () => Reason['facts']) {
  const t = useT();
  const format = useFormat();
  const words = useWords();

  function memberText(name: string): string {
    const policy = POLICY_NAMES.find((known) => known === name);
    if (policy) return t(`bridges.policy.${policy}`);
    if (isOther(name)) return t(OTHER_FIELDS[name]);
    const field = OWN_FIELDS.find((known) => known === name);
    if (field) return t(`audit.fields.${field}`);
    const outcome = OUTCOMES.find((known) => known === name);
    return outcome ? t(`bulk.outcome.${outcome}`) : name;
  }

  /** What a list says in a line each: a rule by its name, records by how many there are of each outcome. */
  function listText(items: readonly unknown[]): string {
    const outcomes = items.flatMap((item) => (isRecord(item) ? [item['outcome'] ?? item['state']] : []));
    if (outcomes.length > 0 && outcomes.every((outcome) => typeof outcome === 'string'))
      return [...new Set(outcomes)]
        .map(
          (one) => `${outcomeText(one)}: ${format.count(outcomes.filter((other) => other === one).length)}`,
        )
        .join('\n');
    return items.map(itemText).join('\n') || NOTHING;
  }

  const outcomeText = (outcome: string) => {
    const known = (['written', 'refused', 'dropped', 'done', 'left'] as const).find((one) => one === outcome);
    return known ? t(`audit.outcomes.${known}`) : outcome;
  };

  function itemText(item: unknown): string {
    if (!isRecord(item)) return String(item);
    if (typeof item['secondsPerUnit'] === 'number') {
      const length = format.duration(item['secondsPerUnit']);
      const from = item['from'];
      return typeof from === 'string'
        ? t('connectors.unitSince', { moment: format.moment(from), length })
        : t('connectors.unitFirst', { length });
    }
    return typeof item['name'] === 'string' ? item['name'] : JSON.stringify(item);
  }

  function stringText(name: string, value: string): string {
    const policy = POLICY_NAMES.find((known) => known === name);
    const option = policy && Object.entries(POLICY_OPTIONS[policy]).find(([known]) => known === value)?.[1];
    if (option) return t(`bridges.option.${option}`);
    const choice = name === 'choice' && CHOICES.find((known) => known === value);
    if (choice) return words.choiceName(choice);
    const kind = name === 'kind' && CONFLICT_KINDS.find((known) => known === value);
    if (kind) return words.kind(kind);
    const mode = name === 'mode' && BRIDGE_MODES.find((known) => known === value);
    if (mode) return t(`bridges.mode.${mode}`);
    const role = name === 'role' && ROLES.find((known) => known === value);
    if (role) return t(`users.roles.${role}`);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value);
    return /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value) ? format.moment(value) : value;
  }

  function valueText(path: readonly string[], value: unknown): string {
    const name = path.at(-1) ?? '';
    if (value === null || value === undefined || value === '') return NOTHING;
    if (isReason(value)) return words.say({ ...value, facts: { ...about(), ...value.facts } });
    if (Array.isArray(value)) return listText(value);
    if (typeof value === 'boolean') return t(value ? 'setup.yes' : 'setup.no');
    if (typeof value === 'number')
      return /seconds$/i.test(name) ? format.duration(value) : format.count(value);
    return typeof value === 'string' ? stringText(name, value) : JSON.stringify(value);
  }

  return { nameText: (path: readonly string[]) => path.map(memberText).join(' · '), valueText };
}
