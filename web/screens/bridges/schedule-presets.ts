/** Cron expressions that have a name. Day of week: 0 is Sunday. */
export const RUN_PRESETS = {
  every5: '*/5 * * * *',
  every15: '*/15 * * * *',
  every30: '*/30 * * * *',
  hourly: '0 * * * *',
  workdays: '*/15 7-18 * * 1-5',
  daily: '0 18 * * *',
} as const;

export const NIGHTLY_PRESETS = { night: '0 2 * * *', sunday: '0 2 * * 0' } as const;

export type RunPreset = keyof typeof RUN_PRESETS | 'custom';
export type NightlyPreset = keyof typeof NIGHTLY_PRESETS | 'none' | 'custom';

export const RUN_PRESET_NAMES = [
  'every5',
  'every15',
  'every30',
  'hourly',
  'workdays',
  'daily',
  'custom',
] as const;
export const NIGHTLY_PRESET_NAMES = ['night', 'sunday', 'none', 'custom'] as const;

const squeezed = (cron: string) => cron.trim().replace(/\s+/g, ' ');

export function runPresetOf(cron: string): RunPreset {
  return (
    RUN_PRESET_NAMES.find((name) => name !== 'custom' && RUN_PRESETS[name] === squeezed(cron)) ?? 'custom'
  );
}

export function nightlyPresetOf(cron: string | null): NightlyPreset {
  if (cron === null) return 'none';
  if (squeezed(cron) === NIGHTLY_PRESETS.night) return 'night';
  return squeezed(cron) === NIGHTLY_PRESETS.sunday ? 'sunday' : 'custom';
}

/** Five fields of what cron fields are made of; the server checks the rest and says what is wrong. */
export const looksLikeCron = (cron: string): boolean =>
  /^(?:[\d*,/\-A-Za-z]+ ){4}[\d*,/\-A-Za-z]+$/.test(squeezed(cron));
