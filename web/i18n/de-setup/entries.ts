export const entries = {
  title: 'Einträge',
  columns: { day: 'Tag', ticket: 'Ticket', person: 'Person', duration: 'Dauer', state: 'Stand' },
  standing: {
    agreed: 'Stimmt überein',
    waiting: 'Wartet auf Entscheidung',
    underway: 'Wird übertragen',
    skipped: 'Übersprungen',
    before_start: 'Vor dem Startdatum',
  },
  byRule: 'Durch die Regel „{name}“',
  byAnyRule: 'Durch eine Regel',
  byGoneRule: 'Durch eine gelöschte Regel',
  dropFilter: 'Filter „{filter}“ aufheben',
  sum: '1 Zammad-Eintrag, {hours} | {n} Zammad-Einträge, zusammen {hours}',
  unreadable: 'nicht lesbar',
  toCase: 'Fall öffnen',
  narrow:
    'Es werden die neuesten {n} gezeigt. Wählen Sie einen Stand oder einen Zeitraum, um weitere zu sehen.',
  emptyTitle: 'Noch keine Einträge.',
  emptyText: 'Hier steht jeder Zeiteintrag aus Zammad, sobald der erste Abgleich ihn gelesen hat.',
  emptyFilter: 'Kein Eintrag passt zu diesen Filtern.',
};
