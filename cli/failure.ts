/** What every command ends with; documented for scripts. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** A command cannot do what was asked; the message is for a person and says what to do. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
  constructor(
    message: string,
    /** For scripts: a stable name of what went wrong. */
    readonly code: string = 'failed',
    readonly exitCode: 1 | 2 = EXIT.failed,
  ) {
    super(message);
  }
}
