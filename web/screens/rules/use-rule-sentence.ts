import { quote } from '../../../words/format';
import { useFormat } from '../../format/use-format';
import { useLocale } from '../../i18n/use-locale';
import { useT } from '../../i18n/use-t';
import { useWords } from '../../i18n/use-words';
import type { Rule } from './rule-draft';

type Names = (kind: 'customers' | 'users' | 'activities', id: string) => string;

/** A rule as one sentence: when it holds, and what it does then. */
export function useRuleSentence(nameOf: Names): (rule: Rule) => string {
  const t = useT();
  const { locale } = useLocale();
  const format = useFormat();
  const words = useWords();
  return ({ when, then }) => {
    const list = (kind: Parameters<Names>[0], ids: readonly string[]) =>
      ids.map((id) => nameOf(kind, id)).join(', ');
    const parts = [
      when.kinds
        ? t('rules.kinds', {
            names: when.kinds.map((kind) => quote(words.kind(kind), locale.value)).join(', '),
          })
        : t('rules.always'),
      when.customerKeys && t('rules.customers', { names: list('customers', when.customerKeys) }),
      when.userIds && t('rules.people', { names: list('users', when.userIds) }),
      when.activityTypeIds && t('rules.activities', { names: list('activities', when.activityTypeIds) }),
      when.secondsFrom !== undefined && t('rules.from', { hours: format.duration(when.secondsFrom) }),
      when.secondsBelow !== undefined && t('rules.below', { hours: format.duration(when.secondsBelow) }),
    ];
    const condition = parts.filter((part) => typeof part === 'string').join(', ');
    return t('rules.sentence', {
      when: condition,
      then: then === 'ask' ? t('rules.ask') : words.choiceName(then),
    });
  };
}
