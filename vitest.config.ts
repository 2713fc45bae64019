import { defineConfig } from 'vitest/config';

const elsewhere = ['**/node_modules/**', '**/dist/**', '.timebridge/**', '.stryker-tmp/**'];

export default defineConfig({
  test: {
    pool: 'forks', // worker threads crash with Temporal's native core
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, 'web/**', '**/*.int.test.ts', 'tests/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          environment: 'node',
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
