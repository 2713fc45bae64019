import type Router from '@koa/router';
import { rows } from '../../db/sql.js';
import { API_PREFIX } from '../contract.js';
import { allContracts } from '../contracts.contract.js';
import type { ApiDeps } from '../deps.js';
import { notFound } from '../http/problem.js';
import type { RequestContext, RequestState } from '../http/request-state.js';
import { openApiDocument } from './openapi.js';

/** What machines ask: is it alive, how is it doing, and what does it offer. */
export function mountProbes(router: Router<RequestState>, deps: ApiDeps): void {
  const document = JSON.stringify(openApiDocument(allContracts, deps.settings.version));
  router.get('/healthz', (ctx) => health(ctx, deps));
  router.get('/metrics', async (ctx) => {
    if (!isFromThisMachine(ctx)) throw notFound('page');
    ctx.body = await deps.metrics.text();
    ctx.type = deps.metrics.contentType;
  });
  for (const path of ['/api/openapi.json', `${API_PREFIX}/openapi.json`]) {
    router.get(path, (ctx) => {
      ctx.type = 'application/json';
      ctx.body = document;
    });
  }
}

/** 200 while requests can be answered. Temporal may be away: webhooks are kept and pages are shown all the same. */
async function health(ctx: RequestContext, { db }: ApiDeps): Promise<void> {
  const database = await rows({ db, tx: null }, 'select 1').then(
    () => true,
    () => false,
  );
  ctx.set('Cache-Control', 'no-store');
  ctx.status = database ? 200 : 503;
  ctx.body = { status: database ? 'ok' : 'failing', database };
}

/** Metrics tell about the installation: they are for a collector beside it, not for whoever finds the address. */
const isFromThisMachine = (ctx: RequestContext): boolean =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ctx.req.socket.remoteAddress ?? '') &&
  ctx.get('x-forwarded-for') === '' &&
  ctx.get('forwarded') === '';
