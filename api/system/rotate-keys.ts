import type { Sequelize } from 'sequelize';
import {
  allWebhookSecrets,
  replaceStoredSecrets,
  type StoredSecrets,
} from '../../db/stores/webhook-secrets.js';
import { writeAudit } from '../../db/stores/audit.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import type { WebhookSecrets } from '../deps.js';
import { endpoint } from '../endpoint.js';
import { orUnavailable } from '../http/outage-problem.js';
import { resealSecrets } from './rotate-keys.contract.js';

/** The API has the keys of webhook secrets, only the worker those of tokens: each does its own. */
export const resealSecretsEndpoint = endpoint(
  resealSecrets,
  async ({ db, webhookSecrets, gateway }, { actor }) => {
    const secrets = await encryptAnew(db, webhookSecrets);
    const { resealed, current, failed } = await orUnavailable(gateway.resealTokens());
    const details = { tokens: resealed, webhookSecrets: secrets.resealed };
    const subject = { kind: 'installation', id: 'keys' };
    await inTransaction(db, (session) =>
      writeAudit(session, [didBy(actor, { action: 'keys.rotated', subject, details })]),
    );
    return { tokens: { resealed, current, failed: [...failed] }, webhookSecrets: secrets };
  },
);

/** Every webhook secret under the newest key of the API; one that no key reads is named and left. */
export async function encryptAnew(db: Sequelize, secrets: WebhookSecrets) {
  const failed: string[] = [];
  const done = { resealed: 0, current: 0, failed };
  for (const stored of await allWebhookSecrets({ db, tx: null })) {
    if ([stored.current, stored.previous].every((one) => one === null || secrets.isCurrent(one))) {
      done.current += 1;
      continue;
    }
    const anew = tryAgain(secrets, stored);
    if (anew === null) done.failed.push(stored.bridgeId);
    else if (await replaceStoredSecrets({ db, tx: null }, stored, anew)) done.resealed += 1;
  }
  return done;
}

function tryAgain(secrets: WebhookSecrets, { bridgeId, current, previous }: StoredSecrets) {
  const anew = (stored: string | null): string | null =>
    stored === null ? null : secrets.encrypt(secrets.decrypt(stored, bridgeId), bridgeId);
  try {
    return { current: anew(current), previous: anew(previous) };
  } catch {
    return null; // the message would repeat nothing that helps: which bridge it is, the answer says
  }
}
