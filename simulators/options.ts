import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadControl, instant, isRecord } from './kit/index.js';
import type { SimulatorsOptions } from './start.js';

/** How the program is called; shown with every complaint about its arguments. */
export const USAGE =
  'simulators --world empty|demo|contract --zammad PORT --kimai PORT [--host HOST] [--data DIR] [--settings FILE] [--now ISO]';

/** Reads the arguments. @throws BadControl that says what is wrong. */
export function readOptions(args: readonly string[]): SimulatorsOptions {
  const { world, zammad, kimai, host, data, settings, now } = parse(args);
  return {
    world: world ?? 'demo',
    zammadPort: port(zammad, '--zammad'),
    kimaiPort: port(kimai, '--kimai'),
    ...(host === undefined ? {} : { host }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(settings === undefined ? {} : { settings: settingsOf(settings) }),
    ...(now === undefined ? {} : { now: instant(now, '--now') }),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    world: text,
    zammad: text,
    kimai: text,
    host: text,
    data: text,
    settings: text,
    now: text,
  };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new BadControl(error instanceof Error ? error.message : String(error));
  }
}

function port(value: string | undefined, name: string): number {
  if (value !== undefined && /^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new BadControl(`${name} needs a port from 1 to 65535, or 0 for a free one.`);
}

/** A JSON file with the settings of both systems: `{"timesheet.mode": "punch", "time_accounting_unit": "hour"}`. */
function settingsOf(file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadControl(
      `--settings: ${file} could not be read as JSON (${error instanceof Error ? error.message : ''}).`,
    );
  }
  if (isRecord(value)) return value;
  throw new BadControl(`--settings: ${file} must hold a JSON object such as {"timesheet.mode": "punch"}.`);
}
