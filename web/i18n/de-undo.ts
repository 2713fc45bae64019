/** What is asked before something is written back. */
export const undoDialog = {
  open: 'Rückgängig machen\u00a0…',
  title: {
    decision: 'Entscheidung rückgängig machen',
    bulk: 'Gemeinsame Entscheidung rückgängig machen',
    run: 'Abgleich rückgängig machen',
  },
  introRun:
    'Timebridge schreibt den Stand von vor diesem Abgleich zurück und hält die Brücke danach an, bis jemand nachgesehen hat. Angelegte Kunden und Projekte bleiben in Kimai.',
  intro: 'Timebridge schreibt den Stand von vorher zurück. Danach fragt ein neuer Fall, ob es dabei bleibt.',
  nothing: 'Hier gibt es nichts, was zurückgeschrieben werden kann.',
  working: 'Wird zurückgeschrieben\u00a0…',
  done: 'Zurückgeschrieben. Ein neuer Fall im Eingang fragt, ob es dabei bleibt.',
  confirm: 'Rückgängig machen',
  will: {
    delete: 'Zeiteintrag in Kimai löschen',
    restore: 'Zeiteintrag in Kimai zurücksetzen',
    recreate: 'Zeiteintrag in Kimai wieder anlegen',
    unlink: 'Verknüpfung lösen, in Kimai bleibt alles',
    reopen: 'Fall wieder öffnen',
    nothing: 'bleibt, wie es ist',
  },
  did: {
    delete: 'Zeiteintrag in Kimai gelöscht',
    restore: 'Zeiteintrag in Kimai zurückgesetzt',
    recreate: 'Zeiteintrag in Kimai wieder angelegt',
    unlink: 'Verknüpfung gelöst',
    reopen: 'Fall wieder geöffnet',
    nothing: 'blieb, wie es war',
  },
};
