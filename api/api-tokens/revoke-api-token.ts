import { revokeApiToken as revoke } from '../../db/stores/api-tokens.js';
import { writeAudit } from '../../db/stores/audit.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../http/problem.js';
import { revokeApiToken } from './revoke-api-token.contract.js';

export const revokeApiTokenEndpoint = endpoint(revokeApiToken, ({ db }, { params, actor }) =>
  inTransaction(db, async (session) => {
    const mine = actor.role === 'admin' ? null : actor.userId;
    if (!(await revoke(session, params.tokenId, mine))) throw notFound('token');
    const subject = { kind: 'api_token', id: params.tokenId };
    await writeAudit(session, [didBy(actor, { action: 'api_token.revoked', subject })]);
    return null;
  }),
);
