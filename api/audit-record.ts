import { isDeepStrictEqual } from 'node:util';
import type { AuditRecord } from '../db/stores/audit.js';
import type { Actor } from './auth/actor.js';

type What = {
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly bridgeId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What a person did by the API, for the audit trail. */
export const didBy = (
  actor: Pick<Actor, 'userId'>,
  { action, subject, bridgeId, details }: What,
): AuditRecord => ({
  bridgeId: bridgeId ?? null,
  runId: null,
  actor: { kind: 'person', id: actor.userId },
  action,
  subject,
  version: null,
  details: details ?? {},
});

/** Before and after of the members that a change names; the database keeps members in an order of its own, which is none. */
export function changedMembers(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const names = Object.keys(after).filter(
    (name) => !isDeepStrictEqual(plain(before[name]), plain(after[name])),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(before), after: pick(after) };
}

/** A value as JSON has it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
