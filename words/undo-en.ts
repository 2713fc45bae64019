import type { FactReader } from './fact-reader.js';
import type { GERMAN_UNDO } from './undo-de.js';

type Sentence = (f: FactReader) => string;

/** What became of the parts of a bulk decision, and what an undoing leaves as it is. */
export const ENGLISH_UNDO: Readonly<Record<keyof typeof GERMAN_UNDO, Sentence>> = {
  facts_changed: () => 'Something changed after the decision. Please look again.',
  case_closed: () => 'It was settled already.',
  case_vanished: () => 'It settled itself meanwhile.',
  decided_meanwhile: () => 'Somebody else decided meanwhile.',
  undone: () => 'It was taken back.',
  run_undone: () => 'A sync run was undone. The bridge waits until somebody has looked.',
  undo_changed_since: () => 'It was changed in Kimai since, and stays as it is.',
  undo_changed_later: () => 'It was written once more later. Take that back first.',
  undo_row_gone: () => 'The time entry is not in Kimai any more.',
  row_changed: () => 'The time entry was changed in Kimai meanwhile.',
  row_gone: () => 'The time entry is not in Kimai any more.',
  closed_until: () => 'The day is in the closed period.',
};
