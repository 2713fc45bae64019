import type { Choice, ConflictKind } from '../../domain/conflict';
import type { Reason } from '../../domain/reason';
import { choiceLabel } from '../../words/choices';
import { ifNobodyActs, kindGroup, kindName } from '../../words/kinds';
import { sayIn } from '../../words/say-in';
import { language } from './i18n';
import { useLocale } from './use-locale';

/** Sentences and names of the product, in the language that is shown; reading them in a template follows a switch. */
export function useWords() {
  const { locale } = useLocale();
  return {
    /** A reason as one or two sentences; times of day in the zone of the browser. */
    say: (reason: Reason) => sayIn(language.value.sentences, reason, locale.value),
    kind: (kind: ConflictKind) => kindName(kind, locale.value),
    /** Above the cases of a kind. */
    group: (kind: ConflictKind) => kindGroup(kind, locale.value),
    /** On a button; an ellipsis says that something has to be entered. */
    choice: (choice: Choice) => choiceLabel(choice, locale.value),
    /** In a sentence, where no dialog follows. */
    choiceName: (choice: Choice) => choiceLabel(choice, locale.value).replace(/\s…$/, ''),
    meanwhile: (kind: ConflictKind) => ifNobodyActs(kind, locale.value),
  };
}
