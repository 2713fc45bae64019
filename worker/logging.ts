import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogEntry } from '@temporalio/worker';
import { pino, type Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** One JSON line for each event on standard output. */
export function createLogger(level: string): Logger {
  return pino({ level, base: { process: 'worker' } });
}

/** Sends what Temporal's SDK, its core, our workflows and activities log to the same place. Once per process. */
export function logTemporalTo(log: Logger): void {
  const write = ({ level, message, meta }: LogEntry): void => {
    const { error, ...rest } = meta ?? {};
    log[LEVELS[level]](error === undefined ? rest : { ...rest, err: error }, message);
  };
  Runtime.install({
    shutdownSignals: [], // ours: besides the worker, keeper, sealer and database have to end
    logger: new DefaultLogger('INFO', write),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
  });
}
