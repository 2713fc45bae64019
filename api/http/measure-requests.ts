import type { Metrics } from '../system/metrics.js';
import { Problem } from './problem.js';
import type { RequestContext } from './request-state.js';

/** Times every request under its route's template. Streams stay open for hours and are left out. */
export const measureRequests =
  (metrics: Metrics) =>
  async (ctx: RequestContext, next: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    const record = (status: number) => {
      const route: unknown = ctx['_matchedRoute'];
      const seconds = (performance.now() - began) / 1000;
      if (ctx.respond !== false)
        metrics.request(ctx.method, typeof route === 'string' ? route : 'other', status, seconds);
    };
    try {
      await next();
    } catch (failure) {
      record(failure instanceof Problem ? failure.status : 500);
      throw failure;
    }
    record(ctx.status);
  };
