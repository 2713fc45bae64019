/** Asking the agent in the ticket. */
export const ask = {
  open: 'Ask',
  title: 'Ask {name}',
  titleNobody: 'Ask in the ticket',
  how: 'The question becomes an internal note in ticket {number}. Customers do not see it.',
  howNamed:
    'The question becomes an internal note in ticket {number}, and Zammad notifies {name}. Customers do not see it.',
  question: 'Your question',
  draft: 'About the time entry of {day}: {why} What is right?',
  draftNoDay: '{why} What is right?',
  until:
    'The case comes back when somebody writes in the ticket or changes its time, at the latest on the morning of',
  send: 'Ask',
  done: 'The question is in ticket {number}. The case is snoozed until there is an answer.',
  answered: 'The question is in ticket {number}. Somebody has written there in the meantime.',
};
