import { BadControl, isRecord } from '../kit/index.js';
import { type RelativeDate, relativeDate } from './relative-date.js';

/** Stock values of the settings that this simulator honours, under Kimai's own names. */
const STOCK = {
  'timesheet.mode': 'default',
  'timesheet.default_begin': 'now',
  'timesheet.active_entries.hard_limit': '1',
  'timesheet.rules.allow_future_times': '1',
  'timesheet.rules.allow_zero_duration': '1',
  'timesheet.rules.allow_overlapping_records': '1',
  'timesheet.rules.allow_overbooking_budget': '1',
  'timesheet.rules.require_activity': '1',
  'timesheet.rules.long_running_duration': '0',
  'timesheet.rules.break_time_active': '0',
  'timesheet.rules.lockdown_period_start': '',
  'timesheet.rules.lockdown_period_end': '',
  'timesheet.rules.lockdown_period_timezone': '',
  'timesheet.rules.lockdown_grace_period': '',
  'timesheet.rounding.default.mode': 'default',
  'timesheet.rounding.default.begin': '1',
  'timesheet.rounding.default.end': '1',
  'timesheet.rounding.default.duration': '0',
  'timesheet.rounding.default.days': 'monday,tuesday,wednesday,thursday,friday,saturday,sunday',
  'customer.rules.allow_duplicate_number': '0',
  'project.allow_duplicate_number': '0',
  'activity.allow_duplicate_number': '0',
} as const;

/** Name of a setting. */
export type SettingName = keyof typeof STOCK;

const MODES = ['default', 'punch', 'duration_fixed_begin'];
const ROUNDINGS = ['default', 'floor', 'ceil', 'closest'];

function isName(name: string): name is SettingName {
  return name in STOCK;
}

/** The settings in force: stock, changed by what a world says. */
export class Settings {
  readonly #changed: Readonly<Record<string, string>>;

  constructor(changed: Readonly<Record<string, string>>) {
    this.#changed = changed;
  }

  text(name: SettingName): string {
    return this.#changed[name] ?? STOCK[name];
  }

  /** As PHP casts: empty and "0" are false. */
  flag(name: SettingName): boolean {
    return !['', '0'].includes(this.text(name));
  }

  number(name: SettingName): number {
    return Number.parseInt(this.text(name), 10) || 0;
  }

  /** A date phrase such as `first day of last month`; undefined when not set. Of several (`,`) the first counts. */
  date(name: SettingName): RelativeDate | undefined {
    const phrase = this.text(name).split(',')[0]?.trim() ?? '';
    return phrase === '' ? undefined : relativeDate(phrase);
  }

  all(): Readonly<Record<string, string>> {
    return { ...STOCK, ...this.#changed };
  }
}

/** Reads settings given by control or by file. Throws `BadControl` naming what is allowed. */
export function readSettings(value: unknown): Record<string, string> {
  if (!isRecord(value))
    throw new BadControl('Settings must be a JSON object such as {"timesheet.mode": "punch"}.');
  return Object.fromEntries(Object.entries(value).map(([name, given]) => [name, readSetting(name, given)]));
}

function settingText(name: SettingName, given: unknown): string {
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  if (typeof given === 'boolean' || given === null) return given === true ? '1' : '0';
  throw new BadControl(`${name} must be a text, a number or true/false.`);
}

function readSetting(name: string, given: unknown): string {
  if (!isName(name))
    throw new BadControl(`There is no setting "${name}"; known: ${Object.keys(STOCK).join(', ')}.`);
  const text = settingText(name, given);
  if (name === 'timesheet.mode' && !MODES.includes(text))
    throw new BadControl(`${name} must be one of: ${MODES.join(', ')}.`);
  if (name === 'timesheet.rounding.default.mode' && !ROUNDINGS.includes(text))
    throw new BadControl(`${name} must be one of: ${ROUNDINGS.join(', ')}.`);
  if (/^\d+$/.test(STOCK[name]) && !/^\d*$/.test(text))
    throw new BadControl(`${name} must be a whole number or 0/1.`);
  if (/lockdown_(period_(start|end)|grace_period)$/.test(name))
    for (const phrase of text.split(',').filter((part) => part.trim() !== ''))
      if (relativeDate(phrase.trim()) === undefined)
        throw new BadControl(
          `${name}: "${phrase}" is not understood; use such as "first day of last month" or "2026-10-31 23:59:59".`,
        );
  return text;
}
