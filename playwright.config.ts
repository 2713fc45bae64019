import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { APP_URL } from './tests/e2e/kit/addresses.js';

/** The browser comes from npm and unpacks once, here, before several workers would do it at the same time. */
const launchOptions = {
  executablePath: await chromium.executablePath(),
  // Not the package's own arguments: they switch the same-origin policy off, and with it what is tested here.
  args: ['--no-sandbox', '--headless=shell', '--disable-dev-shm-usage'],
};

/** Browser tests against a whole installation with the demo, as `npm start` makes it. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/kit/global-setup.ts',
  workers: 1, // they share one installation
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: APP_URL,
    launchOptions,
    trace: 'retain-on-failure',
    video: 'off',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone/, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
  ],
});
