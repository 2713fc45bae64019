const german = {
  title: 'Ausprobieren',
  lead: 'Hier spielen Sie beide Systeme: Sie erfassen Zeit wie in Zammad und ändern Zeiteinträge wie in Kimai. Was daraus folgt, zeigt Timebridge.',
  toTimebridge: 'Timebridge öffnen',
  see: 'In Timebridge ansehen',
  bookTitle: 'Zeit erfassen',
  ticket: 'Ticket (Nummer oder Titel)',
  person: 'Person',
  type: 'Aktivitäts-Typ',
  noType: 'ohne',
  minutes: 'Minuten',
  book: 'Zeit erfassen',
  latestEntries: 'Zuletzt in Zammad erfasst',
  latestSheets: 'Zuletzt in Kimai',
  correct: 'Korrigieren',
  remove: 'Löschen',
  mergeTitle: 'Tickets zusammenfassen',
  mergeFrom: 'Ticket',
  mergeInto: 'in Ticket',
  merge: 'Zusammenfassen',
  change: 'Dauer ändern',
  exportIt: 'Als exportiert markieren',
  exported: 'Exportiert',
  troubles: 'Störungen',
  takeDown: 'nicht erreichbar machen',
  bringUp: 'wieder erreichbar machen',
  isUp: 'erreichbar',
  isDown: 'nicht erreichbar',
  loseAnswer: 'Nächste Antwort von Kimai verlieren',
  loseAnswerHelp: 'Kimai legt den nächsten Zeiteintrag an, die Antwort kommt aber nie an.',
  loseWebhook: 'Nächste Meldung von Zammad verlieren',
  loseWebhookHelp: 'Der nächste Webhook wird nicht gesendet; erst der nächste Abgleich bemerkt die Änderung.',
  chapter: 'Zweites Kapitel spielen',
  chapterHelp:
    'Nach dem ersten Abgleich: das Team ändert, löscht und rechnet ab, was Timebridge geschrieben hat.',
  unreachable: '{system} ist gerade nicht erreichbar.',
  empty: 'Noch nichts da. Erfassen Sie oben Zeit auf einem Ticket.',
  emptyKimai: 'Noch nichts da. Der nächste Abgleich legt Zeiteinträge an.',
  saidBooked: '{minutes}\u00a0min wurden auf #{ticket} erfasst.',
  saidCorrected: 'Der Zammad-Eintrag {id} wurde auf {minutes}\u00a0min geändert.',
  saidRemoved: 'Der Zammad-Eintrag {id} wurde gelöscht.',
  saidMerged: '#{ticket} wurde mit #{target} zusammengefasst. Die erfasste Zeit bleibt auf #{ticket}.',
  saidNotMerged: 'Die Tickets konnten nicht zusammengefasst werden: Ticket #{target} gibt es nicht.',
  saidChanged: 'Der Kimai-Eintrag {id} dauert jetzt {duration}.',
  saidExported: 'Der Kimai-Eintrag {id} ist jetzt exportiert und damit gesperrt.',
  saidSheetRemoved: 'Der Kimai-Eintrag {id} wurde gelöscht.',
  saidDown: '{system} ist jetzt nicht erreichbar.',
  saidUp: '{system} ist wieder erreichbar.',
  saidLose: 'Die nächste Antwort von Kimai auf einen neuen Zeiteintrag geht verloren.',
  saidLoseWebhook: 'Die nächste Meldung von Zammad geht verloren.',
  saidChapter:
    'Zweites Kapitel: {count} Ereignisse in beiden Systemen. Starten Sie jetzt in Timebridge einen Abgleich.',
  saidNoChapter:
    'Das zweite Kapitel wurde nicht gespielt: Entweder hat Timebridge noch nichts geschrieben, oder es ist schon gespielt.',
  saidFailed: 'Das hat nicht geklappt. Antwort: {said}',
  saidUnknownTicket: 'Es gibt kein Ticket „{ticket}“. Wählen Sie eines aus der Liste.',
  saidBadMinutes: 'Minuten müssen eine Zahl sein, etwa 30 oder −15.',
  other: 'English',
};

export type Texts = typeof german;
export type Language = 'de' | 'en';

const english: Texts = {
  title: 'Try it out',
  lead: 'Here you play both systems: account time as in Zammad, and change time entries as in Kimai. Timebridge shows what follows.',
  toTimebridge: 'Open Timebridge',
  see: 'See it in Timebridge',
  bookTitle: 'Account time',
  ticket: 'Ticket (number or title)',
  person: 'Person',
  type: 'Activity type',
  noType: 'none',
  minutes: 'Minutes',
  book: 'Account time',
  latestEntries: 'Latest in Zammad',
  latestSheets: 'Latest in Kimai',
  correct: 'Correct',
  remove: 'Delete',
  mergeTitle: 'Merge tickets',
  mergeFrom: 'Ticket',
  mergeInto: 'into ticket',
  merge: 'Merge',
  change: 'Change duration',
  exportIt: 'Mark as exported',
  exported: 'Exported',
  troubles: 'Troubles',
  takeDown: 'take down',
  bringUp: 'bring back',
  isUp: 'reachable',
  isDown: 'not reachable',
  loseAnswer: 'Lose the next answer from Kimai',
  loseAnswerHelp: 'Kimai creates the next time entry, but its answer never arrives.',
  loseWebhook: 'Lose the next message from Zammad',
  loseWebhookHelp: 'The next webhook is not sent; only the next sync notices the change.',
  chapter: 'Play the second chapter',
  chapterHelp: 'After the first sync: the team edits, deletes and invoices what Timebridge has written.',
  unreachable: '{system} is not reachable right now.',
  empty: 'Nothing here yet. Account time on a ticket above.',
  emptyKimai: 'Nothing here yet. The next sync creates time entries.',
  saidBooked: '{minutes}\u00a0min were accounted on #{ticket}.',
  saidCorrected: 'Zammad entry {id} was changed to {minutes}\u00a0min.',
  saidRemoved: 'Zammad entry {id} was deleted.',
  saidMerged: '#{ticket} was merged into #{target}. Its accounted time stays on #{ticket}.',
  saidNotMerged: 'The tickets could not be merged: there is no ticket #{target}.',
  saidChanged: 'Kimai entry {id} now lasts {duration}.',
  saidExported: 'Kimai entry {id} is now exported, and locked by that.',
  saidSheetRemoved: 'Kimai entry {id} was deleted.',
  saidDown: '{system} is now not reachable.',
  saidUp: '{system} is reachable again.',
  saidLose: 'The next answer of Kimai to a new time entry will be lost.',
  saidLoseWebhook: 'The next message of Zammad will be lost.',
  saidChapter: 'Second chapter: {count} events in both systems. Now start a sync in Timebridge.',
  saidNoChapter:
    'The second chapter was not played: Timebridge has written nothing yet, or it was played before.',
  saidFailed: 'That did not work. Answer: {said}',
  saidUnknownTicket: 'There is no ticket "{ticket}". Choose one of the list.',
  saidBadMinutes: 'Minutes must be a number, such as 30 or −15.',
  other: 'Deutsch',
};

export const TEXTS: Readonly<Record<Language, Texts>> = { de: german, en: english };

/** `?lang` decides, else the first of German and English that the browser prefers; English for all others. */
export function chooseLanguage(wish: string | null, accepted: string): Language {
  if (wish === 'de' || wish === 'en') return wish;
  const first = accepted
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'de' || code === 'en');
  return first === 'de' ? 'de' : 'en';
}

/** Fills `{name}` places of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A duration in minutes as `1:30 h`; negative with a real minus sign. */
export function hours(minutes: number): string {
  const whole = Math.abs(Math.round(minutes));
  return `${minutes < 0 ? '−' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}\u00a0h`;
}
