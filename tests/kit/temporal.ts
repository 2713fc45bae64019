import { inject } from 'vitest';

/** Address of the Temporal server that all integration tests share. Use a task queue and ids of your own. */
export function temporalAddress(): string {
  return inject('temporalAddress');
}
