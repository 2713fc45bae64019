import ui from '@nuxt/ui/vue-plugin';
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { provideApi, type ApiClient } from '../api/client';
import { loadLocale, loadScreenLabels } from '../i18n/i18n';
import { routes as inboxRoutes } from '../screens/inbox/routes';
import { createFakeClient } from './fake-client';

export type MountOptions = {
  readonly client?: ApiClient;
  readonly path?: string;
  readonly props?: Record<string, unknown>;
};

/** Mounts a component as the page would: with its client, router, labels and queries. For component tests. */
export async function mountScreen(component: Component, options: MountOptions = {}) {
  await loadLocale('de');
  await loadScreenLabels();
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [...inboxRoutes, { path: '/:rest(.*)*', component: { render: () => null } }],
  });
  await router.push(options.path ?? '/');
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const client = options.client ?? createFakeClient();
  const root = defineComponent({ render: () => h(component, options.props ?? {}) });
  const wrapper = mount(root, {
    attachTo: document.body,
    global: {
      plugins: [router, [VueQueryPlugin, { queryClient }], ui, { install: (app) => provideApi(app, client) }],
    },
  });
  await flushPromises();
  return { wrapper, router, queryClient, client, subject: wrapper.findComponent(component) };
}
