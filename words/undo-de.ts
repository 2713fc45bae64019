import type { FactReader } from './fact-reader.js';

type Sentence = (f: FactReader) => string;

/** What became of the parts of a bulk decision, and what an undoing leaves as it is. */
export const GERMAN_UNDO = {
  facts_changed: () => 'Seit dem Entscheiden hat sich etwas geändert. Bitte noch einmal ansehen.',
  case_closed: () => 'War schon erledigt.',
  case_vanished: () => 'Hat sich inzwischen von selbst erledigt.',
  decided_meanwhile: () => 'Jemand anderes hat inzwischen entschieden.',
  undone: () => 'Wurde zurückgenommen.',
  run_undone: () => 'Ein Abgleich wurde rückgängig gemacht. Die Brücke wartet, bis jemand nachgesehen hat.',
  undo_changed_since: () => 'Wurde in Kimai seitdem geändert und bleibt deshalb so.',
  undo_changed_later: () => 'Wurde später noch einmal geschrieben. Zuerst das Spätere zurücknehmen.',
  undo_row_gone: () => 'Den Zeiteintrag gibt es in Kimai nicht mehr.',
  row_changed: () => 'Der Zeiteintrag wurde in Kimai inzwischen geändert.',
  row_gone: () => 'Den Zeiteintrag gibt es in Kimai nicht mehr.',
  closed_until: () => 'Der Tag liegt im abgeschlossenen Zeitraum.',
} satisfies Readonly<Record<string, Sentence>>;
