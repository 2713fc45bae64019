import type { QueryClient } from '@tanstack/vue-query';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouteRecordRaw,
} from 'vue-router';
import type { ApiClient } from './api/client';
import { toProblem } from './api/problem';
import { forgetPendingDecisions } from './data/pending-decisions';
import { sessionQuery } from './data/session';
import { followAccount, loadScreenLabels } from './i18n/i18n';

/** Each folder of `screens/` owns its routes; what is not there is not in the navigation either. */
const screens = import.meta.glob<readonly RouteRecordRaw[]>('./screens/*/routes.ts', {
  eager: true,
  import: 'routes',
});

/** Screens that do with the labels that are loaded at once. */
const FIRST_SCREENS: ReadonlySet<string> = new Set(['inbox', 'snoozed', 'done', 'login']);

export function createAppRouter(): Router {
  const routes = Object.values(screens).flat();
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...routes.filter((route) => route.meta?.['public'] === true),
      {
        path: '/',
        component: () => import('./shell/app-shell.vue'),
        children: [
          { path: '', redirect: '/inbox' },
          ...routes.filter((route) => route.meta?.['public'] !== true),
          { path: ':rest(.*)*', name: 'not-found', component: () => import('./shell/not-found.vue') },
        ],
      },
    ],
  });
  router.beforeResolve(async (to) => {
    if (!FIRST_SCREENS.has(String(to.name))) await loadScreenLabels();
  });
  return router;
}

/** Lets nobody past without a session; the way back is kept in `return`. */
export function guardSession(router: Router, client: ApiClient, queryClient: QueryClient): void {
  router.beforeEach(async (to) => {
    if (to.meta['public'] === true) return true;
    try {
      const { user } = await queryClient.fetchQuery({
        ...sessionQuery(client),
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
      });
      await followAccount(user.language);
      return true;
    } catch (error) {
      // Without an answer the shell still opens and says so; only a refusal leads to the log-in.
      return toProblem(error).status === 401 ? loginLocation(to) : true;
    }
  });
}

/** The session ended under the person's hands: forget what was loaded and ask for a new log-in. */
export function leaveForLogin(router: Router, queryClient: QueryClient): void {
  const from = router.currentRoute.value;
  // Before the first screen is there nobody was sent away: the guard leads to the log-in, and knows the way back.
  if (from.matched.length === 0) return;
  queryClient.clear();
  forgetPendingDecisions();
  if (from.meta['public'] === true) return;
  void router.replace({ ...loginLocation(from), query: { ...loginLocation(from).query, expired: '1' } });
}

function loginLocation(from: RouteLocationNormalized) {
  return { name: 'login', query: from.fullPath === '/' ? {} : { return: from.fullPath } };
}
