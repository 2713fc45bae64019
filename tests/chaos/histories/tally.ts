/** What was done and injected, how often, by name; and what came of calls that people made meanwhile. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly story: string[] = [];
  readonly #since = Date.now();

  note(what: string, detail = ''): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    this.tell(what, detail);
  }

  /** Into the story alone. */
  tell(what: string, detail = ''): void {
    const at = ((Date.now() - this.#since) / 1_000).toFixed(1);
    this.story.push(`${at} s  ${what}${detail === '' ? '' : ` ${detail}`}`);
  }
}
