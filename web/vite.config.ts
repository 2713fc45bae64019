import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const apiOrigin = process.env['TIMEBRIDGE_API_ORIGIN'] ?? 'http://127.0.0.1:8080';

/** Mode `fake` serves the screens from `dev/` without an API; every other mode speaks to the real one. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue(),
    ui({
      icon: { clientBundle: { scan: true } },
      autoImport: false,
      components: { dts: 'components.d.ts', dirs: [] },
      ui: { colors: { primary: 'accent', neutral: 'zinc' } },
    }),
  ],
  build: { outDir: '../dist/web', emptyOutDir: true, manifest: true, chunkSizeWarningLimit: 800 },
  // The pages' own folder api/ is served by Vite; only the API's prefix is passed on.
  server: { proxy: { '/api/v1': apiOrigin } },
});
