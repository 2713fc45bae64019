const KEY = 'timebridge.notes';

/**
 * What was typed as a reason and not sent yet: it outlives a look at another case, a decision that did not get through,
 * and a page that is loaded again. It stays in this tab and ends with it, or when its person logs out.
 */
export const unsentNotes = {
  of: (conflictId: string): string => read().get(conflictId) ?? '',
  keep: (conflictId: string, text: string): void => {
    const notes = read();
    if (text === '') notes.delete(conflictId);
    else notes.set(conflictId, text);
    write(notes);
  },
  forget: (): void => write(new Map()),
};

/** For a browser that keeps nothing: then it lasts as long as the page. */
let own: ReadonlyMap<string, string> = new Map();

function read(): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(KEY) ?? '{}');
    return new Map(
      Object.entries(kept ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return new Map(own);
  }
}

function write(notes: ReadonlyMap<string, string>): void {
  own = notes;
  try {
    if (notes.size === 0) window.sessionStorage.removeItem(KEY);
    else window.sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(notes)));
  } catch {
    // Switched off or full: `own` has them.
  }
}
