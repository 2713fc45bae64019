import type { RouteRecordRaw } from 'vue-router';

/** The filters stand in the query, so that other screens can lead to what happened to one thing. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/audit', name: 'audit', component: () => import('./audit-screen.vue') },
];
