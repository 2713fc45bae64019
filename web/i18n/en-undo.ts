import type { Messages } from './de';

/** What is asked before something is written back. */
export const undoDialog: Messages['undoDialog'] = {
  open: 'Undo\u00a0…',
  title: {
    decision: 'Undo the decision',
    bulk: 'Undo the shared decision',
    run: 'Undo the sync run',
  },
  introRun:
    'Timebridge writes back what was there before this sync run, then pauses the bridge until somebody has looked. Customers and projects that were created stay in Kimai.',
  intro: 'Timebridge writes back what was there before. A new case then asks whether it stays that way.',
  nothing: 'There is nothing here that can be written back.',
  working: 'Writing back\u00a0…',
  done: 'Written back. A new case in the inbox asks whether it stays that way.',
  confirm: 'Undo',
  will: {
    delete: 'Delete the time entry in Kimai',
    restore: 'Reset the time entry in Kimai',
    recreate: 'Create the time entry in Kimai again',
    unlink: 'Remove the link, nothing changes in Kimai',
    reopen: 'Open the case again',
    nothing: 'stays as it is',
  },
  did: {
    delete: 'Time entry in Kimai deleted',
    restore: 'Time entry in Kimai reset',
    recreate: 'Time entry in Kimai created again',
    unlink: 'Link removed',
    reopen: 'Case opened again',
    nothing: 'stayed as it was',
  },
};
