import type { RouteRecordRaw } from 'vue-router';

/** The step stands in the query, everything else in the database: a reload goes on where it was. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/setup', name: 'setup', component: () => import('./setup-screen.vue') },
];
