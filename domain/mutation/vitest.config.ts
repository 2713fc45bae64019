import { defineConfig } from 'vitest/config';

/**
 * What mutation tests run: the domain's own examples, without a database and without a global set-up. The property
 * tests stay out: they would cover nearly every mutant and take seconds each, and examples must do without them.
 */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['domain/**/*.test.ts'],
    exclude: ['domain/**/*.property.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
  },
});
