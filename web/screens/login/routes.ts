import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./login-screen.vue'), meta: { public: true } },
];
