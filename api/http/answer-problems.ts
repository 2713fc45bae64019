import { isDatabaseAway } from '../../db/outage.js';
import { TemporalCallError } from '../../temporal/errors.js';
import { databaseUnavailable, temporalUnavailable } from './outage-problem.js';
import { Problem, problemBody } from './problem.js';
import type { RequestContext } from './request-state.js';
import type { Log } from './log.js';

/** Turns whatever was thrown below into problem details; what nobody expected is logged and answered as 500. */
export const answerProblems =
  (log: Log) =>
  async (ctx: RequestContext, next: () => Promise<void>): Promise<void> => {
    try {
      await next();
      if (isEmpty(ctx) && ctx.respond !== false && ctx.status === 404) throw nobodyAnswers(ctx);
      if (isEmpty(ctx) && ctx.status === 405) throw new Problem(405, 'method-not-allowed', wrongMethod(ctx));
    } catch (failure) {
      answer(ctx, problemOf(ctx, failure, log));
    }
  };

const isEmpty = (ctx: RequestContext): boolean => ctx.body === null || ctx.body === undefined;

const nobodyAnswers = (ctx: RequestContext) =>
  new Problem(404, 'not-found', `Nothing is at ${ctx.method} ${ctx.path}`);

const wrongMethod = (ctx: RequestContext) =>
  `${ctx.path} does not know ${ctx.method}; allowed: ${ctx.response.get('allow') || 'nothing'}`;

function problemOf(ctx: RequestContext, failure: unknown, log: Log): Problem {
  if (failure instanceof Problem) return failure;
  const away = outageOf(failure);
  if (away === null) return unexpected(ctx, failure, log);
  const { requestId } = ctx.state;
  log.warn({ err: failure, requestId, path: ctx.path, code: away.code }, 'a request met an outage');
  return away;
}

/** Something that everything rests on does not answer; null when the failure is of another kind. */
function outageOf(failure: unknown): Problem | null {
  if (failure instanceof TemporalCallError && failure.kind === 'unavailable') return temporalUnavailable();
  return isDatabaseAway(failure) ? databaseUnavailable() : null;
}

function unexpected(ctx: RequestContext, failure: unknown, log: Log): Problem {
  log.error(
    { err: failure, requestId: ctx.state.requestId, path: ctx.path },
    'a request failed unexpectedly',
  );
  return new Problem(500, 'internal', 'Something failed inside Timebridge; the log names this request');
}

function answer(ctx: RequestContext, problem: Problem): void {
  ctx.status = problem.status;
  ctx.set({ ...problem.headers, 'Cache-Control': 'no-store' });
  ctx.body = JSON.stringify(problemBody(problem, ctx.state.requestId));
  ctx.type = 'application/problem+json';
}
