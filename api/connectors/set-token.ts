import { writeAudit } from '../../db/stores/audit.js';
import { findConnector, storeToken } from '../../db/stores/connectors.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound, Problem } from '../http/problem.js';
import { sealedTokenOf } from './sealed-token.js';
import { setConnectorToken } from './set-token.contract.js';

export const setConnectorTokenEndpoint = endpoint(
  setConnectorToken,
  async (deps, { params, body, actor }) => {
    const connector = await findConnector({ db: deps.db, tx: null }, params.connectorId);
    if (!connector) throw notFound('connector');
    const binding = { connectorId: connector.id, baseUrl: connector.baseUrl };
    const sealed = await sealedTokenOf(deps, body.token, binding);
    await inTransaction(deps.db, async (session) => {
      if (!(await storeToken(session, { ...binding, ...sealed }))) throw addressChanged();
      const subject = { kind: 'connector', id: connector.id };
      const details = { keyId: sealed.keyId };
      await writeAudit(session, [didBy(actor, { action: 'connector.token_set', subject, details })]);
      await notifyChange(session, 'connectors', [connector.id]);
    });
    return null;
  },
);

const addressChanged = () =>
  new Problem(
    409,
    'changed-meanwhile',
    'The address of this connector was changed meanwhile; look at it and try again',
  );
