import {
  type Call,
  type Clock,
  type Handler,
  html,
  page,
  raw,
  redirect,
  type Reply,
  Router,
  type System,
  WorldStore,
} from '../kit/index.js';
import { Authenticator } from './auth.js';
import { kimaiControls } from './controls.js';
import { startPage, timesheetPage } from './pages.js';
import { Refusal, refused } from './replies.js';
import { activityRoutes } from './routes/activities.js';
import { commentRoutes } from './routes/comments.js';
import type { ApiHandler } from './routes/context.js';
import { customerRoutes } from './routes/customers.js';
import { favoriteRoutes } from './routes/favorites.js';
import { invoiceRoutes } from './routes/invoices.js';
import { metaRoutes } from './routes/meta.js';
import { projectCopyRoutes } from './routes/project-copy.js';
import { projectRoutes } from './routes/projects.js';
import { rateRoutes } from './routes/rates.js';
import { tagRoutes } from './routes/tags.js';
import { teamRoutes } from './routes/teams.js';
import { timesheetActionRoutes } from './routes/timesheet-actions.js';
import { timesheetRoutes } from './routes/timesheets.js';
import { userRoutes } from './routes/users.js';
import { readSettings } from './settings.js';
import { KimaiState } from './state.js';
import { isKimaiWorld, type KimaiWorld } from './world.js';

/** What a simulated Kimai needs. */
export interface KimaiOptions {
  readonly clock: Clock;
  /** Name of the world to begin with, when the file holds none yet. */
  readonly world: string;
  /** Makes a world by name. Throws `BadControl` that names the known ones. */
  readonly createWorld: (name: string, now: Date) => KimaiWorld;
  /** Where the world is kept; without it, in memory only. */
  readonly file?: string;
  /** Where `/` leads. */
  readonly home?: () => string;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Page, X-Total-Count, X-Total-Pages, X-Per-Page',
};
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, OPTIONS, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'content-type, authorization, x-auth-user, x-auth-token',
  'access-control-max-age': '3600',
};

/** A simulated Kimai, whose settings can also be changed before it is served. */
export interface KimaiSystem extends System {
  /** Changes settings by Kimai's own names. Throws `BadControl` naming what is allowed. */
  changeSettings(settings: unknown): void;
}

/** A Kimai 2.66 as far as its API can be observed, with a stock configuration until settings are changed. */
export function createKimai(options: KimaiOptions): KimaiSystem {
  const { clock, createWorld, file, home } = options;
  const store = new WorldStore<KimaiWorld>({
    ...(file === undefined ? {} : { file }),
    initial: () => createWorld(options.world, clock.now()),
    isWorld: isKimaiWorld,
  });
  const state = new KimaiState(store, () => clock.now());
  const router = apiRouter(state);
  const counts = () => countsOf(state.world);
  return {
    name: 'kimai',
    controls: kimaiControls(state),
    handle: (call) => {
      if (call.path === '/api' || call.path.startsWith('/api/')) return answerApi(router, call);
      if (call.path === '/') return home === undefined ? startPage(counts()) : redirect(home());
      return timesheetPage(state, call.path) ?? html(404, page('Not Found', '<p>There is no such page.</p>'));
    },
    counts,
    settings: () => state.settings.all(),
    reset: (name) => state.replace(createWorld(name, clock.now())),
    flush: () => store.flush(),
    changeSettings: (settings) => state.changeSettings(readSettings(settings)),
  };
}

function apiRouter(state: KimaiState): Router {
  const router = new Router();
  const authenticator = new Authenticator(state);
  const known = (handler: ApiHandler): Handler => {
    return (call) => handler({ call, state, access: authenticator.access(call) });
  };
  const add = (method: string, pattern: string, handler: ApiHandler) => {
    router.on(method, pattern, known(handler));
  };
  for (const routes of [
    ...[metaRoutes, userRoutes, customerRoutes, projectRoutes, activityRoutes, tagRoutes],
    ...[timesheetRoutes, timesheetActionRoutes, teamRoutes, rateRoutes, commentRoutes],
    ...[favoriteRoutes, invoiceRoutes, projectCopyRoutes],
  ])
    routes(add);
  return router;
}

/** Routing comes before the login, so an unknown path is a 404 for everybody. */
async function answerApi(router: Router, call: Call): Promise<Reply> {
  const reply = await routed(router, call);
  return call.headers.origin === undefined ? reply : { ...reply, headers: { ...CORS, ...reply.headers } };
}

async function routed(router: Router, call: Call): Promise<Reply> {
  if (call.method === 'OPTIONS' && call.headers['access-control-request-method'] !== undefined)
    return raw(200, '', { 'content-type': 'text/html; charset=UTF-8', ...PREFLIGHT });
  if (call.path.endsWith('/')) return slashless(router, call);
  // The documentation wants a browser session, whatever token comes along.
  if (call.method === 'GET' && /^\/api\/doc(\.json)?$/.test(call.path)) return redirect('/en/login');
  const found = router.find(call.method === 'HEAD' ? { ...call, method: 'GET' } : call);
  if (found.kind === 'no_route') return refused(404);
  if (found.kind === 'wrong_method') {
    const reply = refused(405);
    return { ...reply, headers: { ...reply.headers, allow: [...new Set(found.allowed)].join(', ') } };
  }
  try {
    return await found.run();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** Reads are sent on to the path without the slash; a write to such a path is not found. */
function slashless(router: Router, call: Call): Reply {
  const path = call.path.replace(/\/+$/, '');
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  if (!isRead || router.find({ ...call, method: 'GET', path }).kind !== 'found') return refused(404);
  const search = call.query.size > 0 ? `?${call.query.toString()}` : '';
  return redirect(`http://${call.headers.host ?? 'localhost'}${path}${search}`, 301);
}

function countsOf(world: KimaiWorld): Readonly<Record<string, number>> {
  const { users, customers, projects, activities, tags, timesheets } = world;
  return {
    users: users.length,
    customers: customers.length,
    projects: projects.length,
    activities: activities.length,
    tags: tags.length,
    timesheets: timesheets.length,
  };
}
