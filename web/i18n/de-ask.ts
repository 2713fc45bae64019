/** Asking the agent in the ticket. */
export const ask = {
  open: 'Nachfragen',
  title: 'Bei {name} nachfragen',
  titleNobody: 'Im Ticket nachfragen',
  how: 'Die Frage kommt als interne Notiz in Ticket {number}. Kunden sehen sie nicht.',
  howNamed:
    'Die Frage kommt als interne Notiz in Ticket {number}, Zammad benachrichtigt {name}. Kunden sehen sie nicht.',
  question: 'Ihre Frage',
  draft: 'Zum Zeiteintrag vom {day}: {why} Was ist richtig?',
  draftNoDay: '{why} Was ist richtig?',
  until:
    'Der Fall kommt wieder, sobald jemand im Ticket schreibt oder die Zeit ändert, spätestens am Morgen des',
  send: 'Frage stellen',
  done: 'Die Frage steht in Ticket {number}. Der Fall ist bis zur Antwort zurückgestellt.',
  answered: 'Die Frage steht in Ticket {number}. Dort wurde inzwischen schon etwas geschrieben.',
};
