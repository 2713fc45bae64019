import { resolve } from 'node:path';

/**
 * The first of the ports that the installation under test takes. They differ from the defaults, so that one that is in
 * use goes on, and lie below those that the kernel gives to outgoing connections; the variable lets two checkouts be
 * tested on one machine.
 */
const first = Number(process.env['TIMEBRIDGE_TEST_PORT'] ?? 27_910);
const portsFrom = (base: number) =>
  ({
    TIMEBRIDGE_PORT: String(base),
    TIMEBRIDGE_WORKER_PORT: String(base + 1),
    TIMEBRIDGE_POSTGRES_PORT: String(base + 2),
    TIMEBRIDGE_TEMPORAL_PORT: String(base + 3),
    TIMEBRIDGE_TEMPORAL_UI_PORT: String(base + 4),
    TIMEBRIDGE_ZAMMAD_PORT: String(base + 5),
    TIMEBRIDGE_KIMAI_PORT: String(base + 6),
  }) as const;

/** Ports of the installation under test. */
export const PORTS = portsFrom(first);

/** Long enough to take a decision back on a busy machine, short enough to wait for. */
export const GRACE_SECONDS = '4';

export const APP_URL = `http://localhost:${PORTS.TIMEBRIDGE_PORT}`;
export const ZAMMAD_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_ZAMMAD_PORT}`;
export const KIMAI_URL = `http://127.0.0.1:${PORTS.TIMEBRIDGE_KIMAI_PORT}`;

/** The installation's data folder; made anew by each run of the tests. */
export const DATA_DIR = resolve(process.env['TIMEBRIDGE_TEST_DATA'] ?? 'test-results/installation');

/** One that is started from the command line, and where it says what it does. */
export type Installation = {
  readonly dataDir: string;
  readonly outputFile: string;
  readonly ports: Readonly<Record<keyof typeof PORTS, string>>;
  readonly args: readonly string[];
};

/** With the demo, for nearly all tests. */
export const DEMO: Installation = {
  dataDir: DATA_DIR,
  outputFile: `${DATA_DIR}.log`,
  ports: PORTS,
  args: [],
};

/** As it is on the first day; what it is connected to are the systems of the demo. */
export const BLANK: Installation = {
  dataDir: `${DATA_DIR}-blank`,
  outputFile: `${DATA_DIR}-blank.log`,
  ports: portsFrom(first + 10),
  args: ['--no-demo'],
};
