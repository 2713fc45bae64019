import { SECONDS_PER_UNIT } from '../../domain/duration.js';
import { finding } from '../finding.js';
import type { CheckFinding, ConnectorContext, SystemCheck } from '../port.js';
import { FLAT_PERMISSION } from './flat-listing.js';
import type { ZammadSettings } from './settings.js';

export type SettingRules = Pick<ConnectorContext, 'timeZone' | 'unitPeriods'>;

/** The unit is a label that converts nothing: so it is compared with the one that people confirmed last. */
export function unitFindings(
  settings: ZammadSettings | null,
  { unitPeriods }: SettingRules,
): readonly CheckFinding[] {
  const unit = settings?.unit ?? null;
  if (settings === null || unit === null) {
    return [finding('warning', 'zammad_unit_unreadable', { permission: FLAT_PERMISSION })];
  }
  const off = settings.enabled === false ? [finding('warning', 'zammad_time_accounting_off', {})] : [];
  const confirmed = unitPeriods.at(-1)?.secondsPerUnit ?? null;
  const set = secondsOf(unit);
  const { customUnit: label, unitChangedAt: changedAt } = settings;
  const facts = { unit, label, secondsPerUnit: set, confirmed, changedAt };
  const before = unitPeriods.at(-1)?.setting;
  if (before !== undefined && before !== unitSetting(settings))
    return [...off, finding('error', 'zammad_unit_changed', facts)];
  if (set === null) return [...off, finding('warning', 'zammad_unit_unnamed', facts)];
  if (confirmed !== null && confirmed !== set)
    return [...off, finding('error', 'zammad_unit_changed', facts)];
  return [...off, finding('ok', 'zammad_unit', facts)];
}

/** The setting as one text: a unit of its own is told by its name too. Null where it is not shown. */
export const unitSetting = ({ unit, customUnit }: ZammadSettings): string | null =>
  unit === 'custom' ? `custom: ${customUnit ?? ''}` : unit;

/** Null for `custom` and for none: then people say what a unit is. */
function secondsOf(unit: string): number | null {
  const named = Object.entries(SECONDS_PER_UNIT).find(([name]) => name === unit);
  return named?.[1] ?? null;
}

/** Only its reports use Zammad's zone; a different one is worth a word, no more. */
export function zoneFindings(
  settings: ZammadSettings | null,
  { timeZone }: SettingRules,
): readonly CheckFinding[] {
  const set = settings?.timeZone ?? null;
  if (set === null || set === timeZone) return [];
  return [finding('warning', 'zammad_time_zone_differs', { zammad: set, connector: timeZone })];
}

export function unitCapabilities(settings: ZammadSettings | null): SystemCheck['capabilities'] {
  const unit = settings?.unit ?? null;
  return {
    unitReadable: unit !== null,
    unit,
    unitSeconds: unit === null ? null : secondsOf(unit),
    unitSetting: settings === null ? null : unitSetting(settings),
    unitChangedAt: settings?.unitChangedAt ?? null,
    typesEnabled: settings?.typesEnabled ?? null,
    timeAccounting: settings?.enabled ?? null,
  };
}
