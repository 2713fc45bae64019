import { BadControl, isRecord, object, optionalText, whole } from '../kit/index.js';
import { standardSettings } from './base-world.js';
import type { Installation, Settings, ZammadWorld } from './world.js';

/** Changes what a server is installed as: version and search index. @throws BadControl that says what is right */
export function installationOf(before: Installation, value: unknown): Installation {
  const body = object(value, 'An installation', ['version', 'search_index']);
  const version = optionalText(body['version'], 'version') ?? before.version;
  if (!/^\d+\.\d+/.test(version)) throw new BadControl('version must be such as "6.5.2".');
  const index = body['search_index'];
  if (index === undefined) return { ...before, version };
  if (index === null) return { version, search_index: null };
  const fields = object(index, 'search_index', ['delay_ms', 'failing', 'window']);
  const window = fields['window'] ?? null;
  return {
    version,
    search_index: {
      delay_ms: whole(fields['delay_ms'], 'search_index.delay_ms', 0, 0),
      failing: fields['failing'] === true,
      window: window === null ? null : whole(window, 'search_index.window', 1),
    },
  };
}

const UNITS = ['', 'hour', 'quarter', 'minute', 'custom'];

function checkSetting(name: string, value: unknown): void {
  const standard: unknown = Reflect.get(standardSettings(), name);
  const isType = name === 'time_accounting_type_default';
  if (isType ? value !== '' && typeof value !== 'number' : typeof value !== typeof standard)
    throw new BadControl(`${name} must be a ${isType ? 'type id or ""' : typeof standard}.`);
  if (name === 'time_accounting_unit' && !UNITS.includes(String(value)))
    throw new BadControl(
      `time_accounting_unit must be one of: ${UNITS.map((unit) => `"${unit}"`).join(', ')}.`,
    );
  if (
    name === 'timezone_default' &&
    !Intl.supportedValuesOf('timeZone').concat('UTC').includes(String(value))
  )
    throw new BadControl(`timezone_default must be a time zone such as "Europe/Berlin".`);
}

/** Changes settings by their Zammad names. @throws BadControl for an unknown name or a value of another type */
export function changeSettings(world: ZammadWorld, value: unknown): Settings {
  const body = object(value, 'Settings', Object.keys(standardSettings()));
  for (const [name, setting] of Object.entries(body)) checkSetting(name, setting);
  Object.assign(world.settings, body);
  return world.settings;
}

const INSTALLED = ['version', 'search_index'];

/** The names under which {@link configure} knows something. */
export function isZammadSetting(name: string): boolean {
  return INSTALLED.includes(name) || Object.hasOwn(standardSettings(), name);
}

/** Settings and installation in one object, as a settings file has them. */
export function configure(world: ZammadWorld, value: unknown): void {
  if (!isRecord(value)) throw new BadControl('The settings of Zammad must be a JSON object.');
  const entries = Object.entries(value);
  world.installation = installationOf(
    world.installation,
    Object.fromEntries(entries.filter(([name]) => INSTALLED.includes(name))),
  );
  changeSettings(world, Object.fromEntries(entries.filter(([name]) => !INSTALLED.includes(name))));
}
