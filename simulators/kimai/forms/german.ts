/** What Kimai says in German; it has no German for the other rules. */
const TEXTS: Readonly<Record<string, string>> = {
  'The end date must not be earlier than the start date.':
    'Das Enddatum darf nicht vor dem Startdatum liegen.',
  'The begin date cannot be in the future.': 'Das Startdatum darf nicht in der Zukunft liegen.',
  'An empty duration is not allowed.': 'Eine leere Dauer ist nicht erlaubt.',
  'Duration cannot be negative.': 'Die Dauer darf nicht negativ sein.',
  'This period is locked. Please choose a later date.':
    'Dieser Zeitraum ist gesperrt, bitte wählen Sie ein späteres Datum.',
  'You already have an entry for this time.': 'Es existiert bereits ein Eintrag für diesen Zeitpunkt.',
  'An activity needs to be selected.': 'Eine Tätigkeit muss ausgewählt werden.',
  'A project needs to be selected.': 'Ein Projekt muss ausgewählt werden.',
  'This timesheet is already exported.': 'Dieser Eintrag wurde bereits exportiert.',
  'Sorry, the budget is used up.': 'Entschuldigung, das Budget ist aufgebraucht.',
  'There was a problem saving.': 'Es gab ein Problem beim Speichern.',
  'You have an active time record which cannot be stopped automatically.':
    'Sie haben eine aktive Zeitmessung, die nicht automatisch beendet werden kann.',
};
const BUDGET =
  /^The budget is used up\. Of the available (.+), (.+) has been booked so far, (.+) can still be used\.$/;

/** A text of a rule in the caller's language, where that is German; of all other languages Kimai's English. */
export function translated(text: string, language: string): string {
  if (!/^de(_|$)/.test(language)) return text;
  return (TEXTS[text] ?? text)
    .replace(/^Maximum (\S+) hours allowed\.$/, 'Erlaubt sind max. $1 Stunden.')
    .replace(
      BUDGET,
      'Das Budget ist aufgebraucht. Von den vorhandenen $1 wurden bisher $2 gebucht, noch nutzbar sind $3.',
    );
}
