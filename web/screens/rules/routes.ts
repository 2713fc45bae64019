import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/rules', name: 'rules', component: () => import('./rules-screen.vue') },
];
