import { resolve } from 'node:path';

/** Ports of the installation under test; they differ from the defaults, so that one that is in use goes on. */
export const PORTS = {
  TIMEBRIDGE_PORT: '41910',
  TIMEBRIDGE_WORKER_PORT: '41911',
  TIMEBRIDGE_POSTGRES_PORT: '41912',
  TIMEBRIDGE_TEMPORAL_PORT: '41913',
  TIMEBRIDGE_TEMPORAL_UI_PORT: '41914',
  TIMEBRIDGE_ZAMMAD_PORT: '41915',
  TIMEBRIDGE_KIMAI_PORT: '41916',
} as const;

/** Long enough to take a decision back on a busy machine, short enough to wait for. */
export const GRACE_SECONDS = '4';

export const APP_URL = `http://localhost:${PORTS.TIMEBRIDGE_PORT}`;
export const ZAMMAD_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_ZAMMAD_PORT}`;
export const KIMAI_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_KIMAI_PORT}`;

/** The installation's data folder and what it wrote; made anew by each run of the tests. */
export const DATA_DIR = resolve('test-results/installation');
export const OUTPUT_FILE = resolve('test-results/installation.log');
