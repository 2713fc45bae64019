import { Router, type Call, type Reply, isRecord, readJson } from '../kit/index.js';
import { beginAct, type Act } from './act.js';
import { authenticate } from './authenticate.js';
import { can, type Caller } from './caller.js';
import { noRoute, renderFailure, ZammadFailure } from './errors.js';
import { queryParams, type Params } from './params.js';
import { routesOfAllVersions, routesSince601 } from './routes/table.js';
import { answer, type RouteTable, type Visit } from './routes/visit.js';
import type { SearchIndex } from './search-index.js';
import { versionNumber, type ZammadWorld } from './world.js';

type Installed = {
  readonly world: () => ZammadWorld;
  readonly now: () => string;
  readonly index: SearchIndex;
  /** Called once after each request that succeeded, with what it touched. */
  readonly committed: (act: Act) => void;
};

/** Asked without credentials these answer 200 all the same. */
const OPEN_TO_ALL = new Set(['/api/v1/signshow', '/graphql']);

function headersOf(call: Call): Record<string, string> {
  return Object.fromEntries(
    Object.entries(call.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function bodyParams(call: Call): Params {
  if (headersOf(call)['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    return queryParams(new URLSearchParams(call.text));
  }
  const body = readJson(call);
  if (!body.ok)
    throw new ZammadFailure({ status: 422, text: 'Error occurred while parsing request parameters' });
  return isRecord(body.value) ? body.value : {};
}

function isRead(call: Call): boolean {
  return call.method === 'GET' || call.path.endsWith('/search') || call.path === '/graphql';
}

function wantsHtml(call: Call): boolean {
  return (call.headers.accept ?? '').startsWith('text/html');
}

/** The REST API of one installed Zammad: routing first, then credentials, then the route. */
export class ZammadApi {
  readonly #installed: Installed;
  readonly #all: Router;
  readonly #before601: Router;

  constructor(installed: Installed) {
    this.#installed = installed;
    this.#all = this.#router([...routesOfAllVersions, ...routesSince601]);
    this.#before601 = this.#router(routesOfAllVersions);
  }

  #router(table: RouteTable): Router {
    const router = new Router();
    for (const [method, pattern, handler] of table) {
      router.on(method, pattern, (call) => this.#answer(call, handler));
    }
    return router;
  }

  async handle(call: Call): Promise<Reply> {
    const world = this.#installed.world();
    const found = (versionNumber(world) >= 601 ? this.#all : this.#before601).find(call);
    if (found.kind === 'found') return found.run();
    return this.#refusal(call, noRoute(world, call.method, call.path), null);
  }

  #answer(call: Call, handler: (visit: Visit) => Reply): Reply {
    const { world, now, index, committed } = this.#installed;
    const at = now();
    let caller: Caller | null = null;
    try {
      caller = authenticate(world(), headersOf(call), at);
      const params = { ...queryParams(call.query), ...bodyParams(call), ...call.params };
      const act = beginAct(world(), at, caller.user.id);
      const reply = handler({ world: world(), caller, params, path: call.params, at, act, index });
      if (!isRead(call)) committed(act);
      return this.#finish(reply, true);
    } catch (cause) {
      if (cause instanceof ZammadFailure) return this.#refusal(call, cause, caller);
      throw cause;
    }
  }

  #refusal(call: Call, cause: ZammadFailure, caller: Caller | null): Reply {
    const world = this.#installed.world();
    if (caller === null && OPEN_TO_ALL.has(call.path)) {
      const config = { product_name: world.settings.product_name };
      const data = { applicationConfig: Object.entries(config).map(([key, value]) => ({ key, value })) };
      return this.#finish(
        answer(200, call.path === '/graphql' ? { data } : { error: cause.message, config }),
        false,
      );
    }
    const { body, headers } = renderFailure(
      world,
      cause.failure,
      caller !== null && can(world, caller, 'admin'),
    );
    const reply = wantsHtml(call) ? errorPage(cause.failure.status) : answer(cause.failure.status, body);
    return this.#finish({ ...reply, headers: { ...reply.headers, ...headers } }, caller !== null);
  }

  #finish(reply: Reply, authenticated: boolean): Reply {
    const caching = versionNumber(this.#installed.world()) >= 700 ? 'no-store' : 'no-cache, no-store';
    const cors = authenticated ? { 'access-control-allow-origin': '*' } : {};
    return { ...reply, headers: { 'cache-control': caching, ...cors, ...reply.headers } };
  }
}

function errorPage(status: number): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
  };
}
