import type { CatalogueItem, Provisioning } from '../connectors/port.js';
import { SyncError } from '../domain/errors.js';
import { findCustomer, findProject, type Found } from '../domain/provision.js';
import { notifyChange } from '../db/notify.js';
import { inTransaction, type Session } from '../db/sql.js';
import { writeAudit } from '../db/stores/audit.js';
import type { BridgeContext } from '../db/stores/bridge-rules.js';
import { addToCatalogue } from '../db/stores/catalogue.js';
import {
  ClaimLost,
  markSent,
  noteLookup,
  noteUnknown,
  releaseClaimed,
  releaseIntent,
} from '../db/stores/ledger-claims.js';
import { changeMapping, replan, waitsForCustomer } from '../db/stores/mappings.js';
import { countInRun } from '../db/stores/runs.js';
import { claimProvisions, endProvision, openProvisions, type ProvisionRow } from '../db/stores/provisions.js';
import type { ActivityDeps } from './deps.js';

/** Few at a time: each is read and written by itself while the others hold their lease. */
const ROWS_A_PAGE = 10;
const LOOKUPS_BEFORE_WRITING_AGAIN = 2;
const MOST_SENDS = 5;

/** Why a customer was not made: a doubt of ours, or what the target said. */
type Unmade = { readonly code: string; readonly quoted: readonly string[] };
type Made = { readonly item: CatalogueItem; readonly isNew: boolean };
/** The row is not ended: another look-up is due, or somebody else took it over. */
class NotNow extends Error {
  override name = 'NotNow';
}
class Doubtful extends Error {
  override name = 'Doubtful';
  constructor(readonly unmade: Unmade) {
    super(unmade.code);
  }
}

/** `left` is what is still to be made, so that whoever waits for it knows when to come back; null: nothing. */
export type Provisioned = {
  readonly tried: number;
  readonly left: { readonly ready: boolean; readonly next: Date } | null;
};
export const NOTHING_PROVISIONED: Provisioned = { tried: 0, left: null };

/**
 * Makes the customers that a bridge's plan wants, each with its project: looked for first, by number and exact name,
 * so that neither a crash after the request nor a person who was quicker makes two (books.md, "Writing").
 */
export async function provisionPlanned(
  deps: ActivityDeps,
  context: BridgeContext,
  provisioning: Provisioning | undefined,
): Promise<Provisioned> {
  const { bridgeId } = context.rules;
  const outside: Session = { db: deps.db, tx: null };
  if ((await openProvisions(outside, bridgeId)) === null) return NOTHING_PROVISIONED;
  const target = { bridgeId, targetConnectorId: context.targetConnectorId };
  const page = await inTransaction(deps.db, (tx) =>
    claimProvisions(tx, target, { limit: ROWS_A_PAGE, leaseSeconds: deps.unknownWaitSeconds }),
  );
  if (page.length > 0) await new Provisioner(deps, context, provisioning).work(page);
  return { tried: page.length, left: await openProvisions(outside, bridgeId) };
}

class Provisioner {
  #customers: CatalogueItem[] | null = null;
  #lost = false;

  constructor(
    private readonly deps: ActivityDeps,
    private readonly context: BridgeContext,
    private readonly provisioning: Provisioning | undefined,
  ) {}

  async work(page: readonly ProvisionRow[]): Promise<void> {
    for (const [index, row] of page.entries()) {
      try {
        await this.carryOut(row);
      } catch (failure) {
        if (failure instanceof NotNow || failure instanceof ClaimLost) continue;
        await releaseClaimed(this.outside, page.slice(index));
        throw failure;
      }
      this.deps.heartbeat({ provision: row.id });
      // A target that does not answer is not asked for the next one: each would cost a wait.
      if (this.#lost) return releaseClaimed(this.outside, page.slice(index + 1));
    }
  }

  async carryOut(row: ProvisionRow): Promise<void> {
    const { policies } = this.context.rules;
    const wanted = policies.customers === 'create' && policies.project === 'per_customer';
    if (!wanted || !(await waitsForCustomer(this.outside, row.bridgeId, row.key)))
      return this.end(row, 'dropped', { code: 'nobody_waits', quoted: [] });
    if (this.provisioning === undefined)
      return this.end(row, 'refused', { code: 'provision_unsupported', quoted: [] });
    try {
      const customer = await this.customer(row, this.provisioning);
      await this.finish(row, customer, await this.project(row, this.provisioning, customer));
    } catch (error) {
      await this.afterFailure(row, error);
    }
  }

  async customer(row: ProvisionRow, at: Provisioning): Promise<Made> {
    this.#customers ??= [...(await at.customers())];
    const known = certain(findCustomer(row.provision, this.#customers));
    if (known !== null) return { item: known, isNew: false };
    const item = await this.send(row, () => at.createCustomer(row.provision.customer));
    this.#customers.push(item);
    return { item, isNew: true };
  }

  async project(row: ProvisionRow, at: Provisioning, customer: Made): Promise<Made> {
    const customerId = customer.item.externalId;
    const its = customer.isNew ? [] : await at.projectsOf(customerId);
    const known = certain(findProject(row.provision, its));
    if (known !== null) return { item: known, isNew: false };
    // The customer's own request was answered: what is sent now is nothing that anybody may have sent before.
    const asked = customer.isNew ? { ...row, state: 'claimed' as const } : row;
    const item = await this.send(asked, () => at.createProject({ ...row.provision.project, customerId }));
    return { item, isNew: true };
  }

  /** On the books before it goes out; a request that may be under way already is looked up twice before. */
  async send(row: ProvisionRow, request: () => Promise<CatalogueItem>): Promise<CatalogueItem> {
    if (row.state === 'sent') {
      if (row.attempts >= MOST_SENDS) throw new Doubtful({ code: 'never_answered', quoted: [] });
      if (row.lookups + 1 < LOOKUPS_BEFORE_WRITING_AGAIN) {
        await noteLookup(this.outside, row, this.deps.lookupPauseSeconds);
        throw new NotNow();
      }
    }
    const sent = await markSent(this.outside, [row], this.deps.unknownWaitSeconds);
    if (!sent.has(row.id)) throw new NotNow();
    return request();
  }

  /** @throws what concerns more than this one customer; the row is then back in the plan. */
  async afterFailure(row: ProvisionRow, error: unknown): Promise<void> {
    if (error instanceof NotNow || error instanceof ClaimLost) throw error;
    if (error instanceof Doubtful) return this.end(row, 'refused', error.unmade);
    if (error instanceof SyncError && error.code === 'outcome_unknown') {
      this.#lost = true;
      return noteUnknown(this.outside, row);
    }
    // A right that is missing for this alone stops nothing else: people are asked, and the right is named.
    if (error instanceof SyncError && error.code === 'permission_missing')
      return this.end(row, 'refused', { code: 'permission_missing', quoted: permissionOf(error) });
    if (error instanceof SyncError && error.reaction === 'park_record')
      return this.end(row, 'refused', { code: 'target_refused', quoted: error.info.quoted ?? [] });
    if (error instanceof SyncError) await releaseIntent(this.outside, row);
    throw error;
  }

  /** The mapping stands from here on, and whoever waited is planned again. */
  async finish(row: ProvisionRow, customer: Made, project: Made): Promise<void> {
    const { bridgeId, key, targetConnectorId } = row;
    const targetId = project.item.externalId;
    await inTransaction(this.deps.db, async (session) => {
      const answer = { customer: customer.item, project: project.item };
      await endProvision(session, row, { state: 'done', answer, externalId: targetId });
      await addToCatalogue(session, targetConnectorId, [customer.item, project.item]);
      await changeMapping(session, {
        ...{ bridgeId, kind: 'customers', sourceId: key },
        ...{ to: { targetId }, decidedBy: 'policy' },
      });
      await writeAudit(session, [
        {
          bridgeId,
          runId: row.runId,
          actor: { kind: 'policy', id: null },
          action: 'customer.provided',
          subject: { kind: 'mapping', id: key },
          version: null,
          details: {
            ledgerId: row.id,
            customer: told(customer, row.provision.customer.number),
            project: told(project, row.provision.project.number),
          },
        },
      ]);
      const isNew = told(customer, row.provision.customer.number).created;
      await countInRun(session, row.runId, isNew ? { customersCreated: 1 } : {});
      await notifyChange(session, 'bridges', [bridgeId]);
      await notifyChange(session, 'runs', row.runId === null ? [] : [row.runId]);
    });
  }

  async end(row: ProvisionRow, state: 'refused' | 'dropped', answer: Unmade): Promise<void> {
    await inTransaction(this.deps.db, async (session) => {
      await endProvision(session, row, { state, answer, externalId: null });
      await replan(session, row.bridgeId, 'customers', row.key);
    });
  }

  get outside(): Session {
    return { db: this.deps.db, tx: null };
  }
}

function certain(found: Found): CatalogueItem | null {
  if (found.kind === 'doubt') throw new Doubtful({ code: found.doubt, quoted: [] });
  return found.kind === 'found' ? found.item : null;
}

const permissionOf = ({ info }: SyncError): readonly string[] =>
  info.permission === undefined ? [] : [info.permission];

/** One that bears our number was made by us, perhaps by an attempt whose answer was lost. */
const told = ({ item, isNew }: Made, number: string | null) => ({
  id: item.externalId,
  name: item.name,
  number: item.number,
  created: isNew || (number !== null && item.number === number),
});
