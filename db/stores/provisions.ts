import type { Cause } from '../../domain/cause.js';
import type { Provision } from '../../domain/provision.js';
import type { Step } from '../../domain/plan.js';
import { row, rows, type Session } from '../sql.js';
import { ClaimLost, type Claimed, type LedgerEnd } from './ledger-claims.js';

export type ProvisionStep = Extract<Step, { kind: 'provision' }>;

/** A customer with its project that is to be made, or taken where they are there. */
export type ProvisionRow = Claimed & {
  readonly bridgeId: string;
  readonly targetConnectorId: string;
  readonly key: string;
  readonly provision: Provision;
  readonly state: 'claimed' | 'sent';
  readonly attempts: number;
  readonly lookups: number;
  readonly runId: string | null;
};

/** What the ledger calls it; it belongs to no lead, so that whoever needs the customer first brings it about. */
const OPERATION = 'provision';
/** Customers are made one after the other, whoever asks for them. */
const WRITER = 'provision';
const provisionIntent = (key: string): string => `provision/${key}`;

/** Writes down who shall be made, before it is; what is planned or on its way already is left as it is. */
export async function planProvisions(
  session: Session,
  target: { readonly bridgeId: string; readonly targetConnectorId: string },
  steps: readonly (ProvisionStep & { readonly desiredKey: string })[],
  cause: Cause,
): Promise<void> {
  if (steps.length === 0) return;
  await rows(
    session,
    `insert into ledger (bridge_id, target_connector_id, state, run_id, intent_key, operation, marker, target_user_id, step, cause)
     select $1, $2, 'planned', $3::bigint, k, $4, m, $5, s, c
     from unnest($6::text[], $7::text[], $8::jsonb[], $9::jsonb[]) as u (k, m, s, c)
     on conflict (bridge_id, intent_key) where state in ('planned', 'held', 'claimed', 'sent') do nothing returning 1`,
    [
      target.bridgeId,
      target.targetConnectorId,
      cause.runId,
      OPERATION,
      WRITER,
      steps.map(({ key }) => provisionIntent(key)),
      steps.map(({ provision }) => provision.customer.number),
      steps.map(({ desiredKey, key, provision }) => JSON.stringify({ desiredKey, step: { key, provision } })),
      steps.map(({ by }) => JSON.stringify(by)),
    ],
  );
}

const COLUMNS = `l.id, l.claim, l.bridge_id as "bridgeId", l.target_connector_id as "targetConnectorId",
  l.step #>> '{step,key}' as key, l.step #> '{step,provision}' as provision, l.state, l.attempts, l.lookups,
  l.run_id as "runId"`;

/** Claims a page with a lease; while anybody makes customers in this target, nobody else does. */
export async function claimProvisions(
  session: Session,
  target: { readonly bridgeId: string; readonly targetConnectorId: string },
  claim: { readonly limit: number; readonly leaseSeconds: number },
): Promise<ProvisionRow[]> {
  await rows(session, `select pg_advisory_xact_lock(hashtextextended('provision/' || $1, 0))`, [
    target.targetConnectorId,
  ]);
  return rows<ProvisionRow>(
    session,
    `update ledger l set lease_until = now() + make_interval(secs => $4), claim = l.claim + 1,
       attempts = case when l.state = 'sent' then l.attempts else l.attempts + 1 end,
       state = case when l.state = 'sent' then 'sent' else 'claimed' end
     where l.id in (
       select l.id from ledger l where l.bridge_id = $1 and l.operation = '${OPERATION}'
         and (l.state = 'planned' or (l.state in ('claimed', 'sent') and l.lease_until < now()))
         and (l.not_before is null or l.not_before <= now())
         and not exists (select 1 from ledger o where o.target_connector_id = $2 and o.operation = '${OPERATION}'
           and o.state in ('claimed', 'sent') and o.lease_until > now())
       order by l.id limit $3 for update skip locked)
     returning ${COLUMNS}`,
    [target.bridgeId, target.targetConnectorId, claim.limit, claim.leaseSeconds],
  );
}

/** What is left to be made in a bridge; null: nothing. `ready` may be tried at once. */
export async function openProvisions(
  session: Session,
  bridgeId: string,
): Promise<{ readonly ready: boolean; readonly next: Date } | null> {
  const found = await row<{ count: string; ready: boolean; next: Date }>(
    session,
    `select count(*) as count, coalesce(bool_or(l.state = 'planned' and (l.not_before is null or l.not_before <= now())), false) as ready,
       coalesce(min(greatest(coalesce(l.not_before, l.lease_until), now())), now()) as next
     from ledger l where l.bridge_id = $1 and l.operation = '${OPERATION}' and l.state in ('planned', 'claimed', 'sent')`,
    [bridgeId],
  );
  return found === undefined || Number(found.count) === 0 ? null : found;
}

/**
 * Ends a provision once.
 * @throws ClaimLost
 */
export async function endProvision(
  session: Session,
  { id, claim }: Claimed,
  { state, answer, externalId }: Omit<LedgerEnd, 'before'>,
): Promise<void> {
  const ended = await row(
    session,
    `update ledger set state = $3, answered_at = now(), answer = $4::jsonb, external_id = $5, lease_until = null
     where id = $1 and claim = $2 and state in ('claimed', 'sent') returning 1 as ended`,
    [id, claim, state, JSON.stringify(answer), externalId],
  );
  if (ended === undefined) throw new ClaimLost(`ledger row ${id} was taken over`);
}

type ProvisionRefusal = {
  readonly key: string;
  readonly code: string;
  readonly quoted: readonly string[];
  readonly sent: string;
  readonly at: Date;
};

/**
 * Customers that the target got not, by what came of the last try. Only until its catalogue is read again: by then
 * people may have given the right, or cleared up what was ambiguous.
 */
export const refusedProvisions = (
  session: Session,
  bridgeId: string,
  keys: readonly string[],
): Promise<ProvisionRefusal[]> =>
  rows<ProvisionRefusal>(
    session,
    `select key, answer ->> 'code' as code, coalesce(answer -> 'quoted', '[]') as quoted, sent, at from (
       select distinct on (l.intent_key) l.step #>> '{step,key}' as key, l.state, l.answer, l.step ->> 'desiredKey' as sent,
         l.answered_at as at, (select max(read_at) from catalogue_items c where c.connector_id = l.target_connector_id
           and c.kind in ('user', 'activity')) as read_at
       from ledger l where l.bridge_id = $1 and l.operation = '${OPERATION}' and l.intent_key = any($2::text[])
         and l.state in ('done', 'refused') order by l.intent_key, l.id desc) newest
     where state = 'refused' and (read_at is null or at > read_at)`,
    [bridgeId, keys.map(provisionIntent)],
  );

/** The target was read anew: what it refused to make is planned again. */
export async function retryProvisions(session: Session, targetConnectorId: string): Promise<void> {
  await rows(
    session,
    `update bridge_entries b set dirty = true from bridges br
     where br.id = b.bridge_id and br.target_connector_id = $1 and b.state = 'waiting'
       and b.why ->> 'code' = 'provision_refused' returning 1`,
    [targetConnectorId],
  );
}
