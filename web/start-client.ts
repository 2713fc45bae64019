import type { ApiClient } from './api/client';

/** The client of the real API; in mode `fake` the one of `dev/`, which the production build leaves out. */
export async function startClient(onSessionEnded: () => void): Promise<ApiClient> {
  if (import.meta.env.MODE === 'fake') {
    const { createFakeClient } = await import('./dev/fake-client');
    return createFakeClient();
  }
  const { createHttpClient } = await import('./api/http-client');
  return createHttpClient(onSessionEnded);
}
