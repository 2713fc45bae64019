import { writeAudit } from '../../db/stores/audit.js';
import { insertConnector, storeToken } from '../../db/stores/connectors.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { assertSettings, assertUnitPeriods, baseUrlOf } from './check-settings.js';
import { createConnector } from './create-connector.contract.js';
import { presentConnector } from './present-connector.js';
import { sealedTokenOf } from './sealed-token.js';

export const createConnectorEndpoint = endpoint(createConnector, async (deps, { body, actor }) => {
  const { id, kind, name, timeZone, token, settings, unitPeriods } = body;
  assertSettings(kind, settings ?? {});
  assertUnitPeriods(kind, unitPeriods ?? []);
  const baseUrl = baseUrlOf(kind, body.baseUrl);
  const webUrl = baseUrlOf(kind, body.webUrl ?? baseUrl);
  const connector = {
    id,
    kind,
    name,
    baseUrl,
    webUrl,
    timeZone,
    unitPeriods: unitPeriods ?? [],
    settings: settings ?? {},
  };
  const sealed = token === undefined ? null : await sealedTokenOf(deps, token, { connectorId: id, baseUrl });
  return inTransaction(deps.db, async (session) => {
    const created = await insertConnector(session, connector);
    if (!created)
      throw new Problem(409, 'taken', 'id is taken by another connector; choose another one', {
        field: 'id',
      });
    if (sealed) await storeToken(session, { connectorId: id, baseUrl, ...sealed });
    const subject = { kind: 'connector', id };
    await writeAudit(session, [didBy(actor, { action: 'connector.created', subject, details: connector })]);
    await notifyChange(session, 'connectors', [id]);
    return { connector: presentConnector({ ...created, hasToken: sealed !== null }) };
  });
});
