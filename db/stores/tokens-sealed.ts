import { affected, rows, type Session } from '../sql.js';

export type SealedRow = { readonly connectorId: string; readonly baseUrl: string; readonly sealed: string };

/** Every stored token, sealed as it is, with what it is bound to. */
export const sealedTokens = (session: Session): Promise<SealedRow[]> =>
  rows<SealedRow>(
    session,
    `select id as "connectorId", base_url as "baseUrl", sealed_token as sealed from connectors
     where sealed_token is not null order by id`,
  );

/** Compare and set: false when the token was replaced meanwhile. */
export const replaceSealedToken = async (
  session: Session,
  before: SealedRow,
  anew: { readonly sealed: string; readonly keyId: string },
): Promise<boolean> =>
  (await affected(
    session,
    'update connectors set sealed_token = $3, key_id = $4 where id = $1 and sealed_token = $2 returning 1',
    [before.connectorId, before.sealed, anew.sealed, anew.keyId],
  )) === 1;
