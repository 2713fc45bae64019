import type { DefaultContext, ParameterizedContext } from 'koa';
import type { Actor } from '../auth/actor.js';

/** What the middlewares find out about a request, for those that come after. */
export type RequestState = {
  requestId: string;
  /** Set once an endpoint with a role let the caller in. */
  actor?: Actor;
};

export type RequestContext = ParameterizedContext<RequestState, DefaultContext>;
