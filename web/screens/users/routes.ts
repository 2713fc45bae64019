import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/users', name: 'users', component: () => import('./users-screen.vue') },
];
