/* Taking back what a decision, a bulk decision or a run wrote. Every activity may be repeated. */

export type UndoStanding = {
  readonly state: 'open' | 'done';
  readonly bridgeIds: readonly string[];
  /** Leads by how they stand. */
  readonly counts: Readonly<Record<string, number>>;
};

type Undo = { readonly undoId: string };

export interface UndoActivities {
  readUndo(input: Undo): Promise<UndoStanding>;
  /** Pauses the bridge of a run, and puts decisions that wrote nothing out of force. */
  beginUndo(input: Undo): Promise<void>;
  /** Plans up to 50 leads; what is to be written becomes ledger rows, what needs no write is done at once. */
  planUndoPage(input: Undo): Promise<{ readonly more: boolean }>;
  /** Closes the undoing once every lead is done; false while writes are under way. */
  finishUndo(input: Undo): Promise<{ readonly finished: boolean }>;
}
