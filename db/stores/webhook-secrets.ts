import { affected, rows, type Session } from '../sql.js';

export type StoredSecrets = {
  readonly bridgeId: string;
  readonly current: string | null;
  readonly previous: string | null;
};

/** The stored (encrypted) webhook secrets of every bridge. */
export const allWebhookSecrets = (session: Session): Promise<StoredSecrets[]> =>
  rows<StoredSecrets>(
    session,
    `select id as "bridgeId", webhook_secret as current, previous_webhook_secret as previous from bridges order by id`,
  );

/** Compare and set: false when a secret was replaced meanwhile. */
export const replaceStoredSecrets = async (
  session: Session,
  before: StoredSecrets,
  after: Pick<StoredSecrets, 'current' | 'previous'>,
): Promise<boolean> =>
  (await affected(
    session,
    `update bridges set webhook_secret = $4, previous_webhook_secret = $5 where id = $1
       and webhook_secret is not distinct from $2 and previous_webhook_secret is not distinct from $3 returning 1`,
    [before.bridgeId, before.current, before.previous, after.current, after.previous],
  )) === 1;
