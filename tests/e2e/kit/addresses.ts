import { resolve } from 'node:path';

/**
 * The first of the ports that the installation under test takes. They differ from the defaults, so that one that is in
 * use goes on; the variable lets two checkouts be tested on one machine.
 */
const first = Number(process.env['TIMEBRIDGE_TEST_PORT'] ?? 41_910);
const port = (place: number): string => String(first + place);

/** Ports of the installation under test. */
export const PORTS = {
  TIMEBRIDGE_PORT: port(0),
  TIMEBRIDGE_WORKER_PORT: port(1),
  TIMEBRIDGE_POSTGRES_PORT: port(2),
  TIMEBRIDGE_TEMPORAL_PORT: port(3),
  TIMEBRIDGE_TEMPORAL_UI_PORT: port(4),
  TIMEBRIDGE_ZAMMAD_PORT: port(5),
  TIMEBRIDGE_KIMAI_PORT: port(6),
} as const;

/** Long enough to take a decision back on a busy machine, short enough to wait for. */
export const GRACE_SECONDS = '4';

export const APP_URL = `http://localhost:${PORTS.TIMEBRIDGE_PORT}`;
export const ZAMMAD_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_ZAMMAD_PORT}`;
export const KIMAI_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_KIMAI_PORT}`;

/** The installation's data folder and what it wrote; made anew by each run of the tests. */
export const DATA_DIR = resolve(process.env['TIMEBRIDGE_TEST_DATA'] ?? 'test-results/installation');
export const OUTPUT_FILE = `${DATA_DIR}.log`;
