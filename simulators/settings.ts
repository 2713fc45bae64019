import { BadControl, isRecord } from './kit/index.js';
import { isZammadSetting } from './zammad/index.js';

type Json = Readonly<Record<string, unknown>>;
/** What each system is told, under its own names. */
export type SystemSettings = { readonly zammad: Json; readonly kimai: Json };

function section(settings: Json, name: 'zammad' | 'kimai'): Json {
  const value = settings[name] ?? {};
  if (isRecord(value)) return value;
  throw new BadControl(`--settings: "${name}" must be a JSON object of that system's settings.`);
}

/**
 * Settings of both systems, either apart (`{"zammad": {…}, "kimai": {…}}`) or together under their own names; what is
 * no name of Zammad's is Kimai's, whose names have a dot. @throws BadControl for a section that is no object
 */
export function settingsPerSystem(settings: Json): SystemSettings {
  const flat = Object.entries(settings).filter(([name]) => name !== 'zammad' && name !== 'kimai');
  const zammad = Object.fromEntries(flat.filter(([name]) => isZammadSetting(name)));
  const kimai = Object.fromEntries(flat.filter(([name]) => !isZammadSetting(name)));
  return {
    zammad: { ...zammad, ...section(settings, 'zammad') },
    kimai: { ...kimai, ...section(settings, 'kimai') },
  };
}
