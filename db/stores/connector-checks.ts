import type { Reason } from '../../domain/reason.js';
import { row, rows, type Session } from '../sql.js';

/** What a connection test found, as people are told it. */
export type CheckResult = {
  readonly ok: boolean;
  /** Of a source: a few of its newest entries, to confirm the unit by. */
  readonly samples: readonly EntrySample[];
  readonly findings: readonly (Reason & { readonly level: 'ok' | 'warning' | 'error' })[];
};

/** An entry with its number as the source wrote it, and what that is by the unit that is set here. */
export type EntrySample = {
  readonly ticketNumber: string;
  readonly ticketTitle: string;
  readonly personName: string;
  readonly bookedAt: string;
  readonly unitText: string;
  /** Null when the number does not parse. */
  readonly seconds: number | null;
};

/**
 * Keeps what a test found, for whoever asked for it. What earlier ones found is of no use soon after; two people may
 * have asked at about the same time. @returns the id to read it by.
 */
export async function storeCheck(
  session: Session,
  connectorId: string,
  { ok, findings, samples }: CheckResult,
): Promise<string> {
  await rows(
    session,
    `delete from connector_checks where connector_id = $1 and checked_at < now() - interval '10 minutes' returning 1`,
    [connectorId],
  );
  const kept = await row<{ id: string }>(
    session,
    `insert into connector_checks (connector_id, ok, findings, samples) values ($1, $2, $3::jsonb, $4::jsonb)
     returning id`,
    [connectorId, ok, JSON.stringify(findings), JSON.stringify(samples)],
  );
  if (kept === undefined) throw new Error(`the check of ${connectorId} was not stored`);
  return kept.id;
}

export const findCheck = (session: Session, id: string): Promise<CheckResult | undefined> =>
  row<CheckResult>(session, 'select ok, findings, samples from connector_checks where id = $1', [id]);
