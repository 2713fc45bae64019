import { ApiProblem } from './problem';

export type SessionKeeper = {
  /** Runs a request; when the session has expired, renews it once and runs the request once more. */
  readonly run: <T>(request: () => Promise<T>) => Promise<T>;
};

/**
 * Many requests may meet the expired session at the same moment: they share one renewal (single flight).
 * When the renewal is refused too, `onEnded` is told once per renewal and the requests reject.
 */
export function keepSession(renew: () => Promise<unknown>, onEnded: () => void): SessionKeeper {
  let renewal: Promise<unknown> | null = null;

  const renewOnce = () => {
    renewal ??= renew()
      .catch((error: unknown) => {
        if (isUnauthorized(error)) onEnded();
        throw error;
      })
      .finally(() => {
        renewal = null;
      });
    return renewal;
  };

  return {
    run: async (request) => {
      try {
        return await request();
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
        await renewOnce();
        return request();
      }
    },
  };
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}
