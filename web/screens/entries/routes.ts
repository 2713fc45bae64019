import type { RouteRecordRaw } from 'vue-router';

/** The filters stand in the query, so that every number elsewhere can lead to its entries. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/entries', name: 'entries', component: () => import('./entries-screen.vue') },
];
