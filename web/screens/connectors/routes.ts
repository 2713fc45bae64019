import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  { path: '/connectors', name: 'connectors', component: () => import('./connectors-screen.vue') },
  { path: '/connectors/new', name: 'new-connector', component: () => import('./new-connector-screen.vue') },
  {
    path: '/connectors/:id',
    name: 'connector',
    component: () => import('./connector-screen.vue'),
    props: (route) => ({ id: String(route.params['id']) }),
  },
];
