import { createHash } from 'node:crypto';
import type Router from '@koa/router';
import { webhookSecretsOf } from '../../db/stores/bridges.js';
import { keepDelivery, noteRefusedDelivery, type RefusalCause } from '../../db/stores/webhook-deliveries.js';
import type { ApiDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { checkInput } from '../http/check-input.js';
import { Problem } from '../http/problem.js';
import { parseJson, readRaw } from '../http/read-body.js';
import type { RequestContext, RequestState } from '../http/request-state.js';
import { PassOn, type KeptDelivery } from './pass-on.js';
import { receiveZammad } from './receive-zammad.contract.js';
import { isSigned } from './signature.js';
import { ticketIdOf } from './ticket-id.js';

const BODY_LIMIT = 1024 * 1024;

/**
 * Checks the signature over the bytes as they came, keeps one row and answers; all the rest happens later.
 * The payload only says that a ticket changed: nothing in it is believed beyond that.
 */
export const receiveZammadEndpoint: Endpoint = {
  id: receiveZammad.id,
  mount: (router: Router<RequestState>, deps: ApiDeps) => {
    const passOn = new PassOn(deps);
    return router[receiveZammad.method](receiveZammad.path, async (ctx) => {
      const { params } = await checkInput(receiveZammad, {
        params: ctx['params'],
        query: {},
        body: undefined,
      });
      const raw = await readRaw(ctx, BODY_LIMIT);
      await assertSigned(deps, ctx, params.bridgeId, raw);
      const kept = await keep(deps, ctx, params.bridgeId, raw);
      if (kept !== null) passOn.accept(kept);
      const duplicate = kept === null;
      deps.metrics.delivery(duplicate ? 'duplicate' : 'accepted');
      ctx.status = 202;
      ctx.body = { accepted: true, duplicate };
    });
  },
};

/** An unknown bridge looks like a wrong signature: nobody learns which bridges there are. */
async function assertSigned(
  deps: ApiDeps,
  ctx: RequestContext,
  bridgeId: string,
  raw: Buffer,
): Promise<void> {
  const stored = (await webhookSecretsOf({ db: deps.db, tx: null }, bridgeId)) ?? [];
  const secrets = stored.map((secret) => deps.webhookSecrets.decrypt(secret, bridgeId));
  const signature = ctx.get('x-hub-signature');
  if (isSigned(raw, signature, secrets)) return;
  await noteRefusal(deps, bridgeId, signature.trim() === '' ? 'no_signature' : 'wrong_signature');
  deps.metrics.delivery('refused');
  deps.log.warn(
    { bridgeId, requestId: ctx.state.requestId },
    'a webhook without a valid signature was refused',
  );
  throw new Problem(
    401,
    'bad-signature',
    'X-Hub-Signature must be sha1=<HMAC of the body>; enter the webhook secret of the bridge as signature token in Zammad',
  );
}

/** For the page on which the webhook is set up; a database that does not answer must not hide the refusal itself. */
async function noteRefusal({ db, log }: ApiDeps, bridgeId: string, cause: RefusalCause): Promise<void> {
  await noteRefusedDelivery({ db, tx: null }, bridgeId, cause).catch((failure: unknown) =>
    log.warn({ err: failure, bridgeId }, 'a refused webhook could not be noted'),
  );
}

/** Null when it was kept before. */
async function keep(
  deps: ApiDeps,
  ctx: RequestContext,
  bridgeId: string,
  raw: Buffer,
): Promise<KeptDelivery | null> {
  const ticketId = await ticketOf(deps, bridgeId, raw);
  const bodyHash = createHash('sha256').update(raw).digest();
  // Zammad names each delivery and repeats the name with a retry; without a name its bytes are the best there is.
  const named = ctx.get('x-zammad-delivery').trim();
  const deliveryId = named === '' ? `sha256:${bodyHash.toString('hex')}` : named.slice(0, 200);
  const id = await keepDelivery({ db: deps.db, tx: null }, { bridgeId, deliveryId, ticketId, bodyHash });
  return id === null ? null : { id, bridgeId, ticketId };
}

async function ticketOf(deps: ApiDeps, bridgeId: string, raw: Buffer): Promise<string> {
  try {
    return ticketIdOf(parseJson(raw));
  } catch (failure) {
    await noteRefusal(deps, bridgeId, 'no_ticket');
    throw failure;
  }
}
