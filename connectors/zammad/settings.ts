import type { Instant } from '../../domain/time-entry.js';
import { instantMs, toInstant } from '../../domain/zone.js';
import { parseList, readRecord } from '../parse.js';
import { settingSchema } from './schema.js';

export type ZammadSettings = {
  readonly enabled: boolean | null;
  /** `hour`, `quarter`, `minute`, `custom`, or empty; null when the setting is not shown. */
  readonly unit: string | null;
  readonly customUnit: string | null;
  readonly typesEnabled: boolean | null;
  readonly timeZone: string | null;
  /** When the unit, or the name of a unit of its own, was changed last; entries from then on are meant in it. */
  readonly unitChangedAt: Instant | null;
};

const UNIT_SETTINGS = ['time_accounting_unit', 'time_accounting_unit_custom'];

/** Picks ours out of `GET /settings`, which shows what the token may see; rows of other settings may be anything. */
export function readSettings(body: unknown): ZammadSettings {
  const values = new Map<string, unknown>();
  const changed: number[] = [];
  for (const row of parseList(body, 'GET /settings')) {
    const setting = readRecord(settingSchema, row);
    if (!setting.ok) continue;
    const { name, state_current: now, updated_at: at } = setting.value;
    values.set(name, now.value);
    if (UNIT_SETTINGS.includes(name) && at) changed.push(instantMs(at));
  }
  const text = (name: string): string | null => stringOrNull(values.get(name));
  const flag = (name: string): boolean | null => booleanOrNull(values.get(name));
  return {
    enabled: flag('time_accounting'),
    unit: text('time_accounting_unit'),
    customUnit: text('time_accounting_unit_custom'),
    typesEnabled: flag('time_accounting_types'),
    timeZone: text('timezone_default'),
    unitChangedAt: changed.length === 0 ? null : toInstant(Math.max(...changed)),
  };
}

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const booleanOrNull = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
