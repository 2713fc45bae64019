import { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from '../activities/contract.js';
import { connectTemporal, credentials, type Temporal, type TemporalOptions } from '../temporal/connect.js';
import { registerSearchAttributes } from '../temporal/search-attributes.js';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';
import { activityInterceptors } from './activity-interceptors.js';
import type { WorkflowSource } from './bundle.js';
import { startHealthServer, type WorkerHealth } from './health.js';
import { Keeper } from './keeper.js';
import type { KeeperStore } from './keeper-store.js';
import { pause, repeat, type Repeated } from './repeat.js';
import { startSealer } from './sealer.js';

export type WorkerProcessOptions = {
  readonly temporal: TemporalOptions;
  readonly workflows: WorkflowSource;
  /** The activities are made when the connection exists, because some of them start processes. */
  readonly activities: (temporal: Temporal) => Activities;
  readonly log: Logger;
  /** Left out: no keeper, no sealer, no health endpoint. */
  readonly keeper?: KeeperStore;
  readonly sealAudit?: () => Promise<number>;
  readonly health?: { readonly host: string; readonly port: number };
  /** Called when work is taken up. */
  readonly onReady?: () => void;
};

export type WorkerProcess = {
  /** Works until `stop` or SIGTERM; resolves when everything under way has ended. */
  run(): Promise<void>;
  stop(): void;
};

const KEEP_EVERY_MS = 60_000;
const DRAIN_EVERY_MS = 5_000;
const TELL_EVERY_MS = 1_000;
const CONNECT_EVERY_MS = 1_000;

/**
 * For two cores, measured: 0.3 MB for each cached workflow, and waiting ones outside the cache cost nothing. Few
 * workflow tasks at a time: one thread runs all of them, and only what still waits in Temporal goes by its priority.
 * With 20 a decision right after a run that asked 1,500 questions took 0.6 s more. Progress in heartbeats is at most a
 * second old, so that a killed worker's pages are not read twice. Shutdown lets a page end.
 */
const TUNING = {
  maxCachedWorkflows: 300,
  maxConcurrentWorkflowTaskExecutions: 4,
  maxConcurrentWorkflowTaskPolls: 4,
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentActivityTaskPolls: 5,
  maxHeartbeatThrottleInterval: '1s',
  defaultHeartbeatThrottleInterval: '1s',
  stickyQueueScheduleToStartTimeout: '2s',
  shutdownGraceTime: '2s',
} as const;

/** The worker with all that runs beside it: keeper, sealer, health. */
export function createWorkerProcess(options: WorkerProcessOptions): WorkerProcess {
  const stopping = new AbortController();
  let worker: Worker | undefined;
  const stop = (): void => {
    stopping.abort();
    if (worker?.getState() === 'RUNNING') worker.shutdown();
  };
  const run = async (): Promise<void> => {
    const temporal = connectTemporal(options.temporal);
    const health = options.health && (await startHealthServer(options.health, () => healthOf(worker)));
    const connection = await connect(options, temporal, stopping.signal);
    try {
      if (!connection) return;
      worker = await createWorker(options, temporal, connection);
      if (!stopping.signal.aborted) await work(worker, options, temporal);
    } finally {
      await connection?.close();
      await health?.close();
      await temporal.close();
    }
  };
  return { run, stop };
}

const NAMES = Object.values(SEARCH_ATTRIBUTES);
const MADE_BY_HAND = 'this Temporal has its search attributes (type Keyword) made by its operators';

/** Waits for Temporal and makes it know our search attributes; undefined when we are stopped meanwhile. */
async function connect(
  { temporal: options, log }: WorkerProcessOptions,
  temporal: Temporal,
  signal: AbortSignal,
): Promise<NativeConnection | undefined> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      if (!(await registerSearchAttributes(temporal))) log.warn({ names: NAMES }, MADE_BY_HAND);
      return await NativeConnection.connect(credentials(options));
    } catch (error) {
      if (tries % 10 === 0) log.warn({ err: error, address: options.address }, 'waiting for Temporal');
      await pause(CONNECT_EVERY_MS, signal);
    }
  }
  return undefined;
}

function createWorker(
  options: WorkerProcessOptions,
  temporal: Temporal,
  connection: NativeConnection,
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: options.temporal.namespace,
    taskQueue: options.temporal.taskQueue,
    activities: { ...options.activities(temporal) },
    interceptors: { activity: [activityInterceptors] },
    ...options.workflows,
    ...TUNING,
  });
}

async function work(worker: Worker, options: WorkerProcessOptions, temporal: Temporal): Promise<void> {
  const beside = startBeside(options, temporal);
  const running = worker.run();
  options.onReady?.();
  try {
    await running;
  } finally {
    await Promise.all(beside.map((loop) => loop.stop()));
  }
}

function startBeside(options: WorkerProcessOptions, temporal: Temporal): readonly Repeated[] {
  const { keeper: store, sealAudit, log } = options;
  const loops: Repeated[] = [];
  if (store) {
    const keeper = new Keeper(store, temporal, log);
    const onError = (error: unknown): void => log.warn({ err: error }, 'the keeper will try again');
    loops.push(repeat(KEEP_EVERY_MS, () => keeper.keep(), onError));
    loops.push(repeat(DRAIN_EVERY_MS, () => keeper.drain(), onError));
    loops.push(repeat(TELL_EVERY_MS, () => keeper.tell(), onError));
  }
  if (sealAudit) loops.push(startSealer(sealAudit, log));
  return loops;
}

function healthOf(worker: Worker | undefined): WorkerHealth {
  const status = worker?.getStatus();
  return {
    ready: status?.runState === 'RUNNING',
    state: status?.runState ?? 'CONNECTING',
    activities: status?.numInFlightActivities ?? 0,
    workflowTasks: status?.numInFlightWorkflowActivations ?? 0,
    cachedWorkflows: status?.numCachedWorkflows ?? 0,
  };
}
