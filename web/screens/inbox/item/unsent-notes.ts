const notes = new Map<string, string>();

/** What was typed as a reason and not sent yet: it outlives a look at another case and a decision that did not get through. */
export const unsentNotes = {
  of: (conflictId: string): string => notes.get(conflictId) ?? '',
  keep: (conflictId: string, text: string): void => {
    if (text === '') notes.delete(conflictId);
    else notes.set(conflictId, text);
  },
};
