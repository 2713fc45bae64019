import { createHash, randomBytes } from 'node:crypto';
import { row, rows, type Session } from '../sql.js';

/** One thing that happened. `details` (before, after, reason …) are erasable; only their salted hash is chained. */
export type AuditRecord = {
  readonly bridgeId: string | null;
  readonly runId: string | null;
  readonly actor: { readonly kind: 'person' | 'rule' | 'policy' | 'system'; readonly id: string | null };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly version: string | null;
  readonly details: Readonly<Record<string, unknown>>;
};

const hashOf = (salt: Buffer, details: string): Buffer =>
  createHash('sha256').update(salt).update(details).digest();

/** Inserts records unchained, inside the transaction of what they tell about; `sealAudit` chains them later. */
export async function writeAudit(session: Session, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  const salts = records.map(() => randomBytes(16));
  const details = records.map((r) => JSON.stringify(r.details));
  await rows(
    session,
    `with facts as (
       select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::bytea[], $10::bytea[], $11::jsonb[]) with ordinality
         as f (bridge_id, run_id, actor_kind, actor_id, action, subject_kind, subject_id, version, hash, salt, details, n)),
     logged as (
       insert into audit_logs (bridge_id, run_id, actor_kind, actor_id, action, subject_kind, subject_id, version, details_hash)
       select bridge_id, run_id, actor_kind, actor_id, action, subject_kind, subject_id, version, hash
       from facts order by n returning id, details_hash)
     insert into audit_details (audit_id, salt, details)
     select l.id, f.salt, f.details from logged l join facts f on f.hash = l.details_hash
     returning audit_id`,
    [
      records.map((r) => r.bridgeId),
      records.map((r) => r.runId),
      records.map((r) => r.actor.kind),
      records.map((r) => r.actor.id),
      records.map((r) => r.action),
      records.map((r) => r.subject.kind),
      records.map((r) => r.subject.id),
      records.map((r) => r.version),
      salts.map((salt, i) => hashOf(salt, details[i] ?? '')),
      salts,
      details,
    ],
  );
}

type Unsealed = {
  id: string;
  at: Date;
  bridge_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  version: string | null;
  details_hash: Buffer;
};

/** What the chain covers of a record: ids, times and the salted hash; never a personal value. */
function chainHash(previous: Buffer, sequence: bigint, r: Unsealed): Buffer {
  const covered = JSON.stringify([
    sequence.toString(),
    r.id,
    r.at.toISOString(),
    r.bridge_id,
    r.actor_kind,
    r.actor_id,
    r.action,
    r.subject_kind,
    r.subject_id,
    r.version,
    r.details_hash.toString('hex'),
  ]);
  return createHash('sha256').update(previous).update(covered).digest();
}

const SEALER_LOCK = 4_207_310_002;
const COLUMNS =
  'id, at, bridge_id, actor_kind, actor_id, action, subject_kind, subject_id, version, details_hash';

/**
 * Numbers and chains what was written since; one sealer at a time (advisory lock), at most 1,000 records a call.
 * Returns how many were sealed.
 */
export async function sealAudit(session: Session): Promise<number> {
  const lock = await row<{ got: boolean }>(session, 'select pg_try_advisory_xact_lock($1) as got', [
    SEALER_LOCK,
  ]);
  if (lock?.got !== true) return 0;
  const last = await row<{ sequence: string; chain_hash: Buffer }>(
    session,
    'select sequence, chain_hash from audit_logs where sequence is not null order by sequence desc limit 1',
  );
  const open = await rows<Unsealed>(
    session,
    `select ${COLUMNS} from audit_logs where sequence is null order by id limit 1000`,
  );
  let sequence = BigInt(last?.sequence ?? 0);
  let previous = last?.chain_hash ?? Buffer.alloc(32);
  const sealed = open.map((record) => {
    sequence += 1n;
    previous = chainHash(previous, sequence, record);
    return { id: record.id, sequence: sequence.toString(), hash: previous };
  });
  if (sealed.length === 0) return 0;
  await rows(
    session,
    `update audit_logs a set sequence = s.sequence, chain_hash = s.hash
     from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as s (id, sequence, hash) where a.id = s.id returning a.id`,
    [sealed.map((s) => s.id), sealed.map((s) => s.sequence), sealed.map((s) => s.hash)],
  );
  return sealed.length;
}

/** Walks the chain; the number of the first record that does not fit, or null when all do. */
export async function firstBrokenAudit(session: Session): Promise<string | null> {
  let previous: Buffer = Buffer.alloc(32);
  let after = 0n;
  for (;;) {
    const page = await rows<Unsealed & { sequence: string; chain_hash: Buffer }>(
      session,
      `select ${COLUMNS}, sequence, chain_hash from audit_logs where sequence > $1 order by sequence limit 2000`,
      [after.toString()],
    );
    if (page.length === 0) return null;
    for (const record of page) {
      after += 1n;
      if (BigInt(record.sequence) !== after) return after.toString();
      const expected = chainHash(previous, after, record);
      if (!expected.equals(record.chain_hash)) return record.sequence;
      previous = expected;
    }
  }
}
