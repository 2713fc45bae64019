import { defineConfig } from 'vitest/config';

const elsewhere = ['**/node_modules/**', '**/dist/**', '.timebridge/**', '.stryker-tmp/**'];

/** Long random histories instead of the short fixed ones (docs/histories.md). */
const histories = {
  minutes: Number(process.env['HISTORY_MINUTES'] ?? 0),
  seed: process.env['HISTORY_SEED'] === undefined ? null : Number(process.env['HISTORY_SEED']),
};

declare module 'vitest' {
  interface ProvidedContext {
    histories: typeof histories;
  }
}

export default defineConfig({
  test: {
    provide: { histories },
    pool: 'forks', // worker threads crash with Temporal's native core
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          isolate: false, // half of the time was loading the same modules for each file
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, 'web/**', '**/*.int.test.ts', 'tests/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          environment: 'node',
          isolate: false,
          include: ['**/*.int.test.ts'],
          exclude: [...elsewhere, 'web/**'],
          globalSetup: ['tests/kit/global-setup.ts'],
          // Far above what is needed: a busy machine must not turn a passing test into a failing one.
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: './web/vite.config.ts',
        test: {
          name: 'web',
          root: 'web',
          pool: 'forks',
          environment: 'happy-dom',
          include: ['**/*.test.ts'],
          exclude: elsewhere,
        },
      },
    ],
  },
});
