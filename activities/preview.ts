import { createHash } from 'node:crypto';
import type { Plan } from '../domain/plan.js';
import { PreviewTally } from '../domain/preview.js';
import { reconcile } from '../domain/reconcile.js';
import type { CatalogueItem } from '../domain/staged.js';
import type { TargetRounding } from '../domain/target-rounding.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { readBooks } from '../db/stores/books.js';
import { readBridgeContext, type BridgeContext } from '../db/stores/bridge-rules.js';
import { readBookables, readOrderNumbers } from '../db/stores/catalogue.js';
import { countLinks } from '../db/stores/link-counts.js';
import {
  closePreview,
  countTickets,
  notePreviewProgress,
  openPreview,
  openSubjects,
  ticketsOfBridge,
} from '../db/stores/previews.js';
import type { PreviewInput } from './contract.js';
import type { ActivityDeps } from './deps.js';

const TICKETS_A_PAGE = 200;

const sha256 = (canonical: string): string =>
  createHash('sha256').update(canonical).digest('hex').slice(0, 32);

/** Notes that a preview is under way; what an earlier one found is shown no longer. */
export const beginPreview = (deps: ActivityDeps, input: PreviewInput): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    await openPreview(session, input);
    await notifyChange(session, 'bridges', [input.bridgeId]);
  });

/** Ends a preview that could not be made, with the code of what went wrong. */
export const failPreview = (
  deps: ActivityDeps,
  { bridgeId, previewId, code }: PreviewInput & { readonly code: string },
): Promise<void> =>
  inTransaction(deps.db, async (session) => {
    await closePreview(session, previewId, { error: code });
    await notifyChange(session, 'bridges', [bridgeId]);
  });

/**
 * Reconciles every ticket of the bridge and keeps only the summary: no link, no ledger row, no conflict, and the
 * entries stay marked for the run that follows.
 */
export async function planPreview(deps: ActivityDeps, input: PreviewInput): Promise<void> {
  const session = { db: deps.db, tx: null };
  const planner = await Planner.open(deps, session, input);
  const tally = new PreviewTally(await openSubjects(session, input.bridgeId), planner.rounding);
  const total = await countTickets(session, input.bridgeId);
  let done = 0;
  for (let after: string | null = null; ;) {
    await notePreviewProgress(session, input.previewId, { done, total });
    deps.heartbeat({ done, total });
    const tickets: string[] = await ticketsOfBridge(session, input.bridgeId, after, TICKETS_A_PAGE);
    if (tickets.length > 0) await planner.plan(tickets, tally);
    done += tickets.length;
    after = tickets.at(-1) ?? null;
    if (tickets.length < TICKETS_A_PAGE) break;
  }
  await inTransaction(deps.db, async (tx) => {
    const summary = tally.summary(await planner.bookables(tx));
    await closePreview(tx, input.previewId, { summary });
    await notifyChange(tx, 'bridges', [input.bridgeId]);
  });
}

class Planner {
  /** Rows that an earlier page would link: a real run would not offer them again. */
  readonly #taken = new Set<string>();

  private constructor(
    private readonly session: Session,
    private readonly context: BridgeContext,
    private readonly fixed: {
      readonly now: string;
      readonly linksOfBridge: number;
      readonly orderNumbers: Readonly<Record<string, string>>;
    },
    private readonly as: { readonly firstRun: boolean; readonly reapply: boolean },
  ) {}

  static async open(deps: ActivityDeps, session: Session, input: PreviewInput): Promise<Planner> {
    const context = await readBridgeContext(session, input.bridgeId);
    const fixed = {
      now: deps.now().toISOString(),
      linksOfBridge: await countLinks(session, input.bridgeId),
      orderNumbers: await readOrderNumbers(session, context.targetConnectorId),
    };
    const firstRun = input.asConfirmed || context.firstRun;
    return new Planner(session, context, fixed, { firstRun, reapply: input.reapply === true });
  }

  /** What the target makes of the time that it is sent, as far as an admin told. */
  get rounding(): TargetRounding | null {
    return this.context.rules.target.rounding ?? null;
  }

  /** Customers and projects of the target, as last read: where a preview begins. */
  bookables(session: Session): Promise<CatalogueItem[]> {
    return readBookables(session, this.context.targetConnectorId);
  }

  async plan(tickets: readonly string[], tally: PreviewTally): Promise<void> {
    const known = await readBooks(this.session, this.context, tickets);
    const { reapply, firstRun } = this.as;
    const books = reapply ? { ...known, entries: known.entries.map((one) => ({ ...one, reapply })) } : known;
    const plan: Plan = reconcile({
      ...books,
      ...this.fixed,
      linkedElsewhere: new Set([...books.linkedElsewhere, ...this.#taken]),
      bridge: this.context.rules,
      rules: this.context.orderedRules,
      firstRun,
      firstRunConfirmedAt: this.context.firstRunUntil,
      // As in a run, a page does not count for itself: what a guard would hold back is still what is looked at.
      countedByRun: true,
      hash: sha256,
    });
    for (const step of plan.steps)
      if (step.kind === 'adopt') step.rows.forEach(({ externalId }) => this.#taken.add(externalId));
    tally.add(books.entries, plan);
  }
}
