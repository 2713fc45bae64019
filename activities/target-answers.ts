import { SyncError } from '../domain/errors.js';

/** One lost answer happens; the next one in a row says that the target is away, and what is left is not sent to it. */
const LOST_IN_A_ROW = 2;
/** Fields whose refusal means that what we know of the target's catalogue is out of date. */
const CHOICES: readonly string[] = ['project', 'activity', 'user'];

/** How a target answered the writes of one page. */
export class TargetAnswers {
  #lostInARow = 0;
  #outage: SyncError | null = null;
  #choiceRefused = false;

  constructor(private readonly connectorId: string) {}

  /** Set while the target does not answer: whoever writes stops and comes back later. */
  get outage(): SyncError | null {
    return this.#outage;
  }

  /** A project, activity or user was refused, told by the field and not by a text. */
  get choiceRefused(): boolean {
    return this.#choiceRefused;
  }

  /** It answered, be it with a refusal. */
  answered(refusal?: SyncError): void {
    this.#lostInARow = 0;
    this.#outage = null;
    this.#choiceRefused ||= refusal?.info.field !== undefined && CHOICES.includes(refusal.info.field);
  }

  /**
   * A write without an answer says nothing about what was stored, so that each costs a wait and two look-ups
   * (docs/decisions/0006). A target that is away must therefore not be shown row after row.
   */
  lost(error: unknown): void {
    this.#lostInARow += 1;
    if (this.#lostInARow < LOST_IN_A_ROW) return;
    const { connectorId } = this;
    const info = error instanceof SyncError ? error.info : {};
    const message = `${connectorId} did not answer ${this.#lostInARow} writes in a row`;
    this.#outage = new SyncError('unavailable', message, { ...info, connectorId }, { cause: error });
  }
}
