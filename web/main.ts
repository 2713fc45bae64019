import ui from '@nuxt/ui/vue-plugin';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import { provideApi } from './api/client';
import { createQueryClient } from './api/query-client';
import App from './app.vue';
import { loadLocale, preferredLocale } from './i18n/i18n';
import './main.css';
import { createAppRouter, guardSession, leaveForLogin } from './router';
import { startClient } from './start-client';

const queryClient = createQueryClient();
const router = createAppRouter();
const [client] = await Promise.all([
  startClient(() => leaveForLogin(router, queryClient)),
  loadLocale(preferredLocale()),
]);
guardSession(router, client, queryClient);

const app = createApp(App);
provideApi(app, client);
app.use(router).use(VueQueryPlugin, { queryClient }).use(ui).mount('#app');
