import { writeAudit } from '../../db/stores/audit.js';
import { findConnector, updateConnector as storeConnector } from '../../db/stores/connectors.js';
import { forgetCursor } from '../../db/stores/cursors.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { changedMembers, didBy } from '../audit-record.js';
import { assertZoneFree } from '../bridges/one-zone.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { assertSettings, assertUnitPeriods, baseUrlOf } from './check-settings.js';
import { presentConnector } from './present-connector.js';
import { updateConnector } from './update-connector.contract.js';

export const updateConnectorEndpoint = endpoint(updateConnector, ({ db }, { params, body, actor }) =>
  inTransaction(db, async (session) => {
    const before = await findConnector(session, params.connectorId, true);
    if (!before) throw notFound('connector');
    const settings = {
      name: body.name ?? before.name,
      baseUrl: body.baseUrl === undefined ? before.baseUrl : baseUrlOf(before.kind, body.baseUrl),
      webUrl: body.webUrl === undefined ? before.webUrl : baseUrlOf(before.kind, body.webUrl),
      timeZone: body.timeZone ?? before.timeZone,
      unitPeriods: body.unitPeriods ?? before.unitPeriods,
      settings: body.settings ?? before.settings,
    };
    assertSettings(before.kind, settings.settings);
    assertUnitPeriods(before.kind, settings.unitPeriods);
    if (settings.timeZone !== before.timeZone) await assertZoneFree(session, before.id, settings.timeZone);
    const after = await storeConnector(session, before.id, settings);
    if (!after) throw notFound('connector');
    // What was read in another unit is read again; what that changes is planned like any edit in the source.
    if (body.unitPeriods !== undefined) await forgetCursor(session, before.id, 'entries');
    const subject = { kind: 'connector', id: before.id };
    const details = changedMembers({ ...before }, settings);
    await writeAudit(session, [didBy(actor, { action: 'connector.changed', subject, details })]);
    await notifyChange(session, 'connectors', [before.id]);
    return { connector: presentConnector(after), tokenDropped: before.hasToken && !after.hasToken };
  }),
);
