import { setCurrentDetails } from '@temporalio/workflow';
import type { Applied, Fetched, Reconciled, RunPhase, RunState } from '../activities/contract.js';
import type { SyncRunProgress } from './messages.js';

const AT_THE_START: SyncRunProgress = {
  runId: null,
  phase: 'fetching',
  read: 0,
  tickets: 0,
  asked: 0,
  written: 0,
  refused: 0,
};

/** Counts what a run did, and tells it in the Temporal UI so that a stranger can follow. */
export class RunStory {
  private readonly lines: string[] = [];
  private now: SyncRunProgress;

  constructor(carried?: SyncRunProgress) {
    this.now = carried ?? AT_THE_START;
    if (carried) this.lines.push('- Continues an earlier part of the run');
  }

  get progress(): SyncRunProgress {
    return this.now;
  }

  begin(runId: string): void {
    this.now = { ...this.now, runId };
    this.tell('Reading');
  }

  notStarted(code: string): void {
    setCurrentDetails(`## Did not start\n\n\`${code}\``);
  }

  read(side: 'source' | 'target', page: Fetched): void {
    this.now = { ...this.now, read: this.now.read + page.read };
    const unreadable = page.unreadable > 0 ? `, **${page.unreadable} unreadable**` : '';
    this.lines.push(`- Read ${page.read} records from the ${side}: ${page.changed} changed${unreadable}`);
    this.tell('Reading');
  }

  /** @returns whether this is news. */
  enter(phase: RunPhase): boolean {
    if (this.now.phase === phase) return false;
    this.now = { ...this.now, phase };
    this.tell(phase === 'applying' ? 'Writing' : 'Reconciling');
    return true;
  }

  reconciled(page: Reconciled): void {
    const { tickets, asked } = this.now;
    this.now = { ...this.now, tickets: tickets + page.tickets, asked: asked + page.asked };
    this.tell('Reconciling');
  }

  applied(page: Applied): void {
    const { written, refused } = this.now;
    this.now = { ...this.now, written: written + page.written, refused: refused + page.refused };
    this.tell('Writing');
  }

  waiting(until: string): void {
    this.tell(`Waiting until ${until} to look up writes that got no answer`);
  }

  finish(state: RunState, error: string | null): void {
    this.now = { ...this.now, phase: 'finished' };
    this.tell(`Finished: ${state}${error === null ? '' : ` (\`${error}\`)`}`);
  }

  private tell(heading: string): void {
    const { tickets, asked, written, refused } = this.now;
    const sums = [
      `- Compared ${tickets} tickets, ${asked} questions for people`,
      `- Wrote ${written}, refused ${refused}`,
    ];
    setCurrentDetails([`## ${heading}`, '', ...this.lines, ...sums].join('\n'));
  }
}
