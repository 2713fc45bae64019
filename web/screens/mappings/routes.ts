import type { RouteRecordRaw } from 'vue-router';

/** Bridge and kind stand in the query, so that a link leads to the right table. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/mappings', name: 'mappings', component: () => import('./mappings-screen.vue') },
];
