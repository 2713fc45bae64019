import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { keepAlive } from './heartbeat.js';
import { toFailure } from './to-failure.js';

/** The ids in an activity's input that make its log lines searchable. */
const LOGGED = ['bridgeId', 'runId', 'ticketId', 'conflictId', 'decisionId', 'connectorId'] as const;

/** Keeps an activity alive while it waits for another system, maps errors to failures, and puts bridge, run and attempt on every line that an activity logs. */
export const activityInterceptors: ActivityInterceptorsFactory = (context) => {
  const { attempt } = context.info;
  let ids: Record<string, unknown> = {};
  return {
    inbound: {
      async execute(input, next) {
        ids = idsIn(input.args[0]);
        const end = keepAlive(context);
        try {
          return await next(input);
        } catch (error) {
          throw toFailure(error, attempt);
        } finally {
          end();
        }
      },
    },
    outbound: {
      getLogAttributes: (input, next) => next({ ...input, ...ids, attempt }),
    },
  };
};

function idsIn(argument: unknown): Record<string, unknown> {
  if (typeof argument !== 'object' || argument === null) return {};
  return Object.fromEntries(Object.entries(argument).filter(([key]) => LOGGED.some((name) => name === key)));
}
