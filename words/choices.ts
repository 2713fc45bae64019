import type { Language } from './format.js';

// The ellipsis says that a dialog follows; the space before it must not break.
const GERMAN_CHOICES = {
  take_source: 'Zammad übernehmen',
  keep_target: 'Kimai behalten',
  per_field: 'Feldweise entscheiden\u00a0…',
  create: 'In Kimai anlegen',
  link: 'Verknüpfen\u00a0…',
  link_one: 'Einen verknüpfen, übrige lassen\u00a0…',
  keep_one: 'Einen behalten, übrige löschen\u00a0…',
  create_again: 'Erneut anlegen',
  accept_deletion: 'Löschung übernehmen',
  delete_target: 'In Kimai löschen',
  keep: 'Behalten',
  book_correction: 'Korrektur buchen',
  deduct: 'Abziehen\u00a0…',
  credit_outside: 'Außerhalb von Kimai gutschreiben',
  leave: 'Unverändert lassen',
  map: 'Zuordnen\u00a0…',
  ignore: 'Nicht übertragen',
  edit_and_retry: 'Bearbeiten und erneut versuchen\u00a0…',
  retry: 'Erneut versuchen',
  apply_to: 'Eintrag wählen\u00a0…',
  write_again: 'Erneut schreiben',
  leave_undone: 'Rückgängig lassen',
  it_is_there: 'Vorhanden: verknüpfen\u00a0…',
  it_is_not_there: 'Nicht vorhanden: anlegen',
  go_ahead: 'Ausführen',
  drop: 'Verwerfen',
  skip: 'Überspringen',
} as const;

/** The choices that have a label; the domain's list and this one are compared by a test. */
export type WordedChoice = keyof typeof GERMAN_CHOICES;

const ENGLISH_CHOICES: Readonly<Record<WordedChoice, string>> = {
  take_source: 'Use Zammad',
  keep_target: 'Keep Kimai',
  per_field: 'Decide per field\u00a0…',
  create: 'Create in Kimai',
  link: 'Link\u00a0…',
  link_one: 'Link one, leave the rest\u00a0…',
  keep_one: 'Keep one, delete the rest\u00a0…',
  create_again: 'Create again',
  accept_deletion: 'Accept deletion',
  delete_target: 'Delete in Kimai',
  keep: 'Keep',
  book_correction: 'Book correction',
  deduct: 'Deduct\u00a0…',
  credit_outside: 'Credit outside Kimai',
  leave: 'Leave as is',
  map: 'Map\u00a0…',
  ignore: 'Do not write',
  edit_and_retry: 'Edit and retry\u00a0…',
  retry: 'Retry',
  apply_to: 'Choose an entry\u00a0…',
  write_again: 'Write again',
  leave_undone: 'Leave undone',
  it_is_there: 'It is there: link\u00a0…',
  it_is_not_there: 'It is not there: create',
  go_ahead: 'Go ahead',
  drop: 'Discard',
  skip: 'Skip',
};

const CHOICES = { de: GERMAN_CHOICES, en: ENGLISH_CHOICES } as const;

/** What stands on the button of a choice. */
export const isWordedChoice = (choice: string): choice is WordedChoice =>
  Object.hasOwn(GERMAN_CHOICES, choice);
export const choiceLabel = (choice: WordedChoice, language: Language): string => CHOICES[language][choice];
