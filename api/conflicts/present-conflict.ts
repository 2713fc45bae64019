import type { DecisionRecord, InboxRow, Price } from '../../db/stores/conflicts-view.js';
import { iso, isoOrNull } from '../present.js';
import type { ConflictRow, DecisionView } from './conflict-shape.contract.js';

export const presentDecision = (decision: DecisionRecord): DecisionView => ({
  id: decision.id,
  choice: decision.choice,
  parameters: decision.parameters,
  note: decision.note,
  actor: { kind: decision.actorKind, id: decision.actorId, name: decision.actorName },
  state: decision.state,
  decidedAt: decision.decidedAt,
  applyAfter: decision.applyAfter,
  finishedAt: decision.finishedAt,
  outcome: decision.outcome && { code: decision.outcome.code, facts: decision.outcome.facts ?? {} },
  bulkId: decision.bulkId,
});

/** Kimai counts a price by the hour unless somebody fixed it; what is at stake is told as an estimate. */
const presentPrice = ({ amount, seconds, currency }: Price, secondsAtStake: number) => ({
  amount,
  atStake: seconds > 0 ? Math.round((amount / seconds) * secondsAtStake * 100) / 100 : 0,
  currency,
});

export const presentConflict = (row: InboxRow): ConflictRow => ({
  id: row.id,
  bridgeId: row.bridgeId,
  bridgeName: row.bridgeName,
  kind: row.kind,
  state: row.state,
  version: row.version,
  why: row.why,
  ticketNumber: row.ticketNumber,
  ticketTitle: row.ticketTitle,
  customerKey: row.customerKey,
  customerName: row.customerName,
  personId: row.personId,
  personName: row.personName,
  entryDate: row.entryDate,
  secondsAtStake: row.secondsAtStake,
  price: row.price && presentPrice(row.price, row.secondsAtStake),
  entryCount: row.entryCount,
  candidateCount: row.candidateCount,
  gap: row.gap,
  assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' },
  snoozedUntil: isoOrNull(row.snoozedUntil),
  snoozedUntilChange: row.snoozedUntilChange,
  reopenedWhy: row.reopenedWhy && { code: row.reopenedWhy.code, facts: row.reopenedWhy.facts ?? {} },
  openedAt: iso(row.openedAt),
  closedAt: isoOrNull(row.closedAt),
  closedWhy: row.closedWhy,
  decision: row.decision && presentDecision(row.decision),
});
