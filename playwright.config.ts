import { rmSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

const DATA = 'test-results/installation';
const PORTS = {
  TIMEBRIDGE_PORT: '18080',
  TIMEBRIDGE_WORKER_PORT: '18081',
  TIMEBRIDGE_POSTGRES_PORT: '18082',
  TIMEBRIDGE_TEMPORAL_PORT: '18083',
  TIMEBRIDGE_TEMPORAL_UI_PORT: '18084',
  TIMEBRIDGE_ZAMMAD_PORT: '18101',
  TIMEBRIDGE_KIMAI_PORT: '18102',
};
const baseURL = `http://localhost:${PORTS.TIMEBRIDGE_PORT}`;

// Loaded again in every worker, where the installation runs already.
if (process.env['TEST_WORKER_INDEX'] === undefined) rmSync(DATA, { recursive: true, force: true });

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
  workers: 1, // they share one installation
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  use: {
    baseURL,
    launchOptions,
    trace: 'retain-on-failure',
    video: 'off',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
  ],
  webServer: {
    command: `exec node dist/cli/main.js up --data ${DATA}`,
    env: { ...PORTS, TIMEBRIDGE_GRACE_SECONDS: '2' },
    // The one-time link of the first login is what the tests log in with: process.env.FIRST_LOGIN_URL
    wait: { stdout: /Timebridge\s+(?<FIRST_LOGIN_URL>http\S+)[\s\S]*Ctrl-C stops everything/ },
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
  },
});
