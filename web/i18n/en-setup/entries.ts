import type { entries as German } from '../de-setup/entries';

export const entries: typeof German = {
  title: 'Entries',
  columns: { day: 'Day', ticket: 'Ticket', person: 'Person', duration: 'Duration', state: 'Status' },
  standing: {
    agreed: 'In agreement',
    waiting: 'Waiting for decision',
    underway: 'Waiting to be written',
    skipped: 'Skipped',
    before_start: 'Before the start date',
  },
  byRule: 'By the rule "{name}"',
  byAnyRule: 'By a rule',
  byGoneRule: 'By a deleted rule',
  dropFilter: 'Remove the filter "{filter}"',
  sum: '1 Zammad entry, {hours} | {n} Zammad entries, {hours} in all',
  unreadable: 'not readable',
  toCase: 'Open case',
  narrow: 'The newest {n} are shown. Choose a status or a period to see others.',
  emptyTitle: 'No entries yet.',
  emptyText: 'Every time entry from Zammad stands here as soon as the first sync run has read it.',
  emptyFilter: 'No entry fits these filters.',
};
