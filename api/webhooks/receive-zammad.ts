import { createHash } from 'node:crypto';
import type Router from '@koa/router';
import { webhookSecretsOf } from '../../db/stores/bridges.js';
import {
  keepDelivery,
  markDeliverySignalled,
  noteRefusedDelivery,
  type RefusalCause,
} from '../../db/stores/webhook-deliveries.js';
import type { ApiDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { checkInput } from '../http/check-input.js';
import { Problem } from '../http/problem.js';
import { parseJson, readRaw } from '../http/read-body.js';
import type { RequestContext, RequestState } from '../http/request-state.js';
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
  mount: (router: Router<RequestState>, deps: ApiDeps) =>
    router[receiveZammad.method](receiveZammad.path, async (ctx) => {
      const { params } = await checkInput(receiveZammad, {
        params: ctx['params'],
        query: {},
        body: undefined,
      });
      const raw = await readRaw(ctx, BODY_LIMIT);
      await assertSigned(deps, ctx, params.bridgeId, raw);
      const kept = await keep(deps, ctx, params.bridgeId, raw);
      deps.metrics.delivery(kept.duplicate ? 'duplicate' : 'accepted');
      ctx.status = 202;
      ctx.body = { accepted: true, duplicate: kept.duplicate };
    }),
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

async function keep(deps: ApiDeps, ctx: RequestContext, bridgeId: string, raw: Buffer) {
  const ticketId = await ticketOf(deps, bridgeId, raw);
  const bodyHash = createHash('sha256').update(raw).digest();
  // Zammad names each delivery and repeats the name with a retry; without a name its bytes are the best there is.
  const named = ctx.get('x-zammad-delivery').trim();
  const deliveryId = named === '' ? `sha256:${bodyHash.toString('hex')}` : named.slice(0, 200);
  const id = await keepDelivery({ db: deps.db, tx: null }, { bridgeId, deliveryId, ticketId, bodyHash });
  if (id !== null) void passOn(deps, { id, bridgeId, ticketId });
  return { duplicate: id === null };
}

async function ticketOf(deps: ApiDeps, bridgeId: string, raw: Buffer): Promise<string> {
  try {
    return ticketIdOf(parseJson(raw));
  } catch (failure) {
    await noteRefusal(deps, bridgeId, 'no_ticket');
    throw failure;
  }
}

/** Tells the ticket's process. When Temporal is away the row stays, and the worker's keeper tells it later. */
async function passOn(
  deps: ApiDeps,
  delivery: { id: string; bridgeId: string; ticketId: string },
): Promise<void> {
  try {
    await deps.gateway.signalTicketChanged(delivery.bridgeId, delivery.ticketId);
    await markDeliverySignalled({ db: deps.db, tx: null }, delivery.id);
  } catch (failure) {
    deps.log.info({ err: failure, delivery }, 'a delivery is passed on later');
  }
}
