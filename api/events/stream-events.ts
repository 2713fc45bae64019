import { authorize } from '../auth/authorize.js';
import type { Endpoint } from '../endpoint.js';
import { streamEvents } from './stream-events.contract.js';

/** Answers outside of Koa: the stream stays open, and nothing may compress or buffer it. */
export const streamEventsEndpoint: Endpoint = {
  id: streamEvents.id,
  mount: (router, deps) =>
    router[streamEvents.method](streamEvents.path, async (ctx) => {
      const actor = await authorize(deps, streamEvents.access, ctx);
      ctx.respond = false;
      ctx.req.socket.setTimeout(0);
      ctx.req.socket.setNoDelay(true);
      ctx.res.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      deps.hub.add({ response: ctx.res, sessionId: actor.sessionId });
    }),
};
