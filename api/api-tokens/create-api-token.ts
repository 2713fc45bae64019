import { createApiToken as drawApiToken } from '../../db/stores/api-tokens.js';
import { writeAudit } from '../../db/stores/audit.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { invalidField } from '../http/problem.js';
import { createApiToken } from './create-api-token.contract.js';
import { presentToken } from './present-token.js';

export const createApiTokenEndpoint = endpoint(createApiToken, ({ db }, { body, actor }) => {
  const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw invalidField(
      'expiresAt',
      'future',
      'expiresAt must be in the future, or null for a token without end',
    );
  }
  return inTransaction(db, async (session) => {
    const created = await drawApiToken(session, { userId: actor.userId, name: body.name, expiresAt });
    const subject = { kind: 'api_token', id: created.item.id };
    await writeAudit(session, [
      didBy(actor, { action: 'api_token.created', subject, details: { name: body.name } }),
    ]);
    return { item: presentToken(created.item), token: created.token };
  });
});
