import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/runs', name: 'runs', component: () => import('./runs-screen.vue') },
  {
    path: '/runs/:id(\\d+)',
    name: 'run',
    component: () => import('./run-screen.vue'),
    props: (route) => ({ id: String(route.params['id']) }),
  },
];
