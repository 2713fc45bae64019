import type Router from '@koa/router';
import { authorize } from './auth/authorize.js';
import type { Actor } from './auth/actor.js';
import type { Contract } from './contract.js';
import type { ApiDeps } from './deps.js';
import { checkInput, type Input } from './http/check-input.js';
import { readJson } from './http/read-body.js';
import type { RequestContext, RequestState } from './http/request-state.js';

export type Call<P, Q, B> = Input<P, Q, B> & {
  /** Who calls; absent only on public endpoints. */
  readonly actor: Actor;
  readonly ctx: RequestContext;
};

/** The contract, and what puts the endpoint on a router. */
export type Endpoint = {
  readonly id: string;
  mount(router: Router<RequestState>, deps: ApiDeps): void;
};

/** An endpoint for those who have the contract's role: let in, check the input, act, present. */
export const endpoint = <P, Q, B, R>(
  contract: Contract<P, Q, B, R>,
  act: (deps: ApiDeps, call: Call<P, Q, B>) => Promise<NoInfer<R>>,
): Endpoint => ({
  id: contract.id,
  mount: (router, deps) =>
    router[contract.method](contract.path, async (ctx) => {
      const actor = await authorize(deps, contract.access, ctx);
      const input = await checkInput(contract, await rawInput(ctx));
      answer(ctx, contract, await act(deps, { ...input, actor, ctx }));
    }),
});

/** An endpoint that anybody may call; it looks after itself. */
export const publicEndpoint = <P, Q, B, R>(
  contract: Contract<P, Q, B, R>,
  act: (deps: ApiDeps, call: Omit<Call<P, Q, B>, 'actor'>) => Promise<NoInfer<R>>,
): Endpoint => ({
  id: contract.id,
  mount: (router, deps) =>
    router[contract.method](contract.path, async (ctx) => {
      const input = await checkInput(contract, await rawInput(ctx));
      answer(ctx, contract, await act(deps, { ...input, ctx }));
    }),
});

const rawInput = async (ctx: RequestContext): Promise<Input<unknown, unknown, unknown>> => ({
  params: ctx['params'],
  query: { ...ctx.query },
  body: await readJson(ctx),
});

/** Casting strips what the contract does not name: a new column never leaves by accident. */
function answer<P, Q, B, R>(ctx: RequestContext, contract: Contract<P, Q, B, R>, reply: R): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.status = contract.status ?? 200;
  if (ctx.status === 204) return;
  ctx.body = contract.reply.cast(reply, { stripUnknown: true, assert: false });
  if (ctx.body === null || ctx.body === undefined) ctx.body = {};
  ctx.status = contract.status ?? 200;
}
