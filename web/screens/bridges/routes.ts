import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/bridges', name: 'bridges', component: () => import('./bridges-screen.vue') },
  { path: '/bridges/new', name: 'new-bridge', component: () => import('./new-bridge-screen.vue') },
  {
    path: '/bridges/:id',
    name: 'bridge',
    component: () => import('./bridge-screen.vue'),
    props: (route) => ({ id: String(route.params['id']) }),
  },
];
