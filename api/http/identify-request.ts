import { randomUUID } from 'node:crypto';
import type { Log } from './log.js';
import type { RequestContext } from './request-state.js';

const SAFE_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives the request an id (a proxy's, if it is harmless), and logs how it ended: never its query or its body. */
export const identifyRequest =
  (log: Log) =>
  async (ctx: RequestContext, next: () => Promise<void>): Promise<void> => {
    const given = ctx.get('x-request-id');
    ctx.state.requestId = SAFE_ID.test(given) ? given : randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    const began = performance.now();
    await next();
    log.debug(
      {
        requestId: ctx.state.requestId,
        method: ctx.method,
        path: ctx.path,
        status: ctx.status,
        ms: Math.round(performance.now() - began),
        user: ctx.state.actor?.userId,
      },
      'request',
    );
  };
