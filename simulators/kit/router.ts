import type { Call } from './call.js';
import type { Reply } from './reply.js';

/** Answers one call. A thrown error becomes a 500 that names it. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

/** Outcome of a look-up: the three cases a server must tell apart (200, 404, 405). */
export type Found =
  | { readonly kind: 'found'; readonly run: () => Reply | Promise<Reply> }
  | { readonly kind: 'wrong_method'; readonly allowed: readonly string[] }
  | { readonly kind: 'no_route' };

interface Route {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: Handler;
}

/** Routes by method and path pattern (`/api/tags/:name`, `/api/timesheets/#id` for digits only). A fixed part wins. */
export class Router {
  readonly #routes: Route[] = [];

  /** Adds a route; returns the router, so that calls chain. */
  on(method: string, pattern: string, handler: Handler): this {
    this.#routes.push({ method, parts: pattern.split('/'), handler });
    return this;
  }

  /** Finds the route of a call without running it. */
  find(call: Call): Found {
    const given = call.path.split('/');
    const fitting = this.#routes.flatMap((route) => {
      const params = match(route.parts, given);
      return params === undefined ? [] : [{ route, params }];
    });
    if (fitting.length === 0) return { kind: 'no_route' };
    const best = fitting
      .filter(({ route }) => route.method === call.method)
      .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
    if (best === undefined)
      return { kind: 'wrong_method', allowed: fitting.map(({ route }) => route.method) };
    return { kind: 'found', run: () => best.route.handler({ ...call, params: best.params }) };
  }
}

function match(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('#') && !/^\d+$/.test(value)) return undefined;
    if (!/^[:#]/.test(part)) {
      if (part !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (decoded === undefined || decoded === '') return undefined;
    params[part.slice(1)] = decoded;
  }
  return params;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
