import { writeAudit } from '../../db/stores/audit.js';
import {
  findBridge,
  markDaysDirty,
  markOpenEntriesDirty,
  updateBridge as storeBridge,
  type BridgeRecord,
  type BridgeSettings,
} from '../../db/stores/bridges.js';
import { findConnector } from '../../db/stores/connectors.js';
import { RISK_OPEN } from '../../db/stores/token-risk.js';
import type { Actor } from '../auth/actor.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction, type Session } from '../../db/sql.js';
import { DEFAULT_POLICIES } from '../../domain/policies.js';
import { changedMembers, didBy } from '../audit-record.js';
import type { BodyOf } from '../contract.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { applySchedule } from './apply-schedule.js';
import { assertSchedule } from './check-schedule.js';
import { dutiesNamed, dutyAfter } from './duty-change.js';
import { assertOneWriter } from './one-writer.js';
import { assertZonesOf } from './one-zone.js';
import { assertMayProvision, withPolicies } from './policy-changes.js';
import { assertRisk, riskAfter, riskOf } from './token-risk.js';
import { bridgeById } from './read-bridge.js';
import { updateBridge } from './update-bridge.contract.js';

type Body = BodyOf<typeof updateBridge>;

export const updateBridgeEndpoint = endpoint(updateBridge, async (deps, { params, body, actor }) => {
  const { bridgeId } = params;
  if (body.schedule) assertSchedule(body.schedule);
  const after = await inTransaction(deps.db, async (session) => {
    const found = await findBridge(session, bridgeId, true);
    if (!found) throw notFound('bridge');
    // A policy that came with a newer version has its default, without anybody having changed it.
    const before = { ...found, policies: { ...DEFAULT_POLICIES, ...found.policies } };
    assertAllowed(before, body);
    if (body.mode !== undefined && body.mode !== 'off' && before.mode === 'off')
      await assertZonesOf(session, before);
    const duty = await dutyAfter(session, before.duty, body.duty, body.schedule ?? before.schedule);
    const settings = { ...settingsAfter(before, body, actor), duty };
    assertRisk(riskOf({ ...before, ...settings }));
    if (before.mode !== 'live') await assertOneWriter(session, pairOf(before, settings));
    const target = await findConnector(session, before.target.id);
    if (target) assertMayProvision(before.policies, settings.policies, target);
    await storeBridge(session, bridgeId, settings);
    await replanWhatChanged(session, before, settings);
    const named = await dutiesNamed(session, before.duty, duty);
    const details = changedMembers({ ...before, duty: named.before }, { ...settings, duty: named.after });
    const subject = { kind: 'bridge', id: bridgeId };
    await writeAudit(session, [didBy(actor, { action: 'bridge.changed', subject, bridgeId, details })]);
    await notifyChange(session, 'bridges', [bridgeId]);
    return settings;
  });
  if (body.schedule || body.mode) await applySchedule(deps, { id: bridgeId, ...after });
  return { bridge: await bridgeById(deps, { db: deps.db, tx: null }, bridgeId) };
});

const pairOf = ({ id, source, target }: BridgeRecord, { mode }: BridgeSettings) => ({
  ...{ id, mode, sourceConnectorId: source.id, targetConnectorId: target.id },
});

function assertAllowed(before: BridgeRecord, body: Body): void {
  if (body.revision !== undefined && body.revision !== before.revision) {
    throw new Problem(
      409,
      'changed-meanwhile',
      'Somebody changed this bridge meanwhile; read it again first',
      {
        revision: before.revision,
      },
    );
  }
  if (
    body.startFrom !== undefined &&
    body.startFrom < before.startFrom &&
    body.confirmEarlierStart !== true
  ) {
    throw new Problem(
      409,
      'confirmation-needed',
      `Moving startFrom back from ${before.startFrom} is a new first run over older entries; send confirmEarlierStart: true`,
      { field: 'startFrom', confirm: 'confirmEarlierStart' },
    );
  }
}

function settingsAfter(before: BridgeRecord, body: Body, actor: Actor): Omit<BridgeSettings, 'duty'> {
  const startFrom = body.startFrom ?? before.startFrom;
  const tokenRisk = riskAfter(actor, before.tokenRisk, body.acceptTokenRisk);
  // What is saved is checked, so that a bridge that waited for just this goes on.
  const isRiskOver = before.pausedCause?.code === RISK_OPEN;
  const confirmed = body.confirmFirstRun === true ? new Date() : before.firstRunConfirmedAt;
  return {
    name: body.name ?? before.name,
    mode: body.mode ?? before.mode,
    startFrom,
    closedUntil: body.closedUntil === undefined ? before.closedUntil : body.closedUntil,
    policies: withPolicies(before.policies, body.policies),
    schedule: body.schedule ?? before.schedule,
    pausedCause: body.resume === true || isRiskOver ? null : before.pausedCause,
    tokenRisk,
    // An earlier start is a new first run: it has to be looked at and confirmed anew.
    firstRunConfirmedAt: startFrom < before.startFrom && body.confirmFirstRun !== true ? null : confirmed,
  };
}

/** Settings act on what is not written yet: that is what has to be planned again. */
async function replanWhatChanged(
  session: Session,
  before: BridgeRecord,
  after: BridgeSettings,
): Promise<void> {
  const changes = changedMembers({ ...before }, { ...after }).after;
  if (['policies', 'mode', 'closedUntil', 'firstRunConfirmedAt'].some((name) => name in changes)) {
    await markOpenEntriesDirty(session, before.id);
  }
  if (after.startFrom !== before.startFrom) {
    const [from, to] = [after.startFrom, before.startFrom].sort();
    await markDaysDirty(session, before.id, from ?? after.startFrom, to ?? before.startFrom);
  }
}
