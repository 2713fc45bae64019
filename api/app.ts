import Router from '@koa/router';
import Koa from 'koa';
import type { ApiDeps } from './deps.js';
import { allEndpoints } from './endpoints.js';
import { answerProblems } from './http/answer-problems.js';
import { identifyRequest } from './http/identify-request.js';
import { measureRequests } from './http/measure-requests.js';
import type { RequestState } from './http/request-state.js';
import { securityHeaders } from './http/security-headers.js';
import { serveWeb } from './http/serve-web.js';
import { mountProbes } from './system/mount-probes.js';

/** A reader that goes away in the middle of an answer is no failure of ours. */
const GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** The application, without a socket. */
export function createApp(deps: ApiDeps): Koa<RequestState> {
  const app = new Koa<RequestState>();
  app.silent = true;
  app.on('error', (failure: Error & { code?: string }) => {
    if (!GONE.has(failure.code ?? '')) deps.log.error({ err: failure }, 'an answer could not be sent');
  });
  const router = new Router<RequestState>();
  mountProbes(router, deps);
  for (const endpoint of allEndpoints) endpoint.mount(router, deps);
  app.use(identifyRequest(deps.log));
  app.use(securityHeaders(deps.settings.publicUrl));
  app.use(answerProblems(deps.log));
  app.use(measureRequests(deps.metrics));
  app.use(router.routes());
  app.use(router.allowedMethods());
  if (deps.settings.webDir !== null) app.use(serveWeb(deps.settings.webDir));
  return app;
}
