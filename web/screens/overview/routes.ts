import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/overview', name: 'overview', component: () => import('./overview-screen.vue') },
];
