import type { RouteRecordRaw } from 'vue-router';

/** One screen for the three shelves; the case that is open is part of the address, so that Back closes it. */
export const routes: readonly RouteRecordRaw[] = (['inbox', 'snoozed', 'done'] as const).map((shelf) => ({
  path: `/${shelf}/:id?`,
  name: shelf,
  component: () => import('./inbox-screen.vue'),
  // A parameter that was emptied on the way back is there as an empty text.
  props: (route) => ({ shelf, id: route.params['id'] || null }),
}));
