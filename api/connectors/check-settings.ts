import { ValidationError } from 'yup';
import { CONNECTOR_KINDS } from '../../connectors/descriptor.js';
import type { UnitPeriod } from '../../db/stores/connectors.js';
import { invalidField, invalidInput, type Issue } from '../http/problem.js';

type Kind = keyof typeof CONNECTOR_KINDS;

const ADDRESSES = {
  zammad: CONNECTOR_KINDS.zammad.settings.pick(['baseUrl']),
  kimai: CONNECTOR_KINDS.kimai.settings.pick(['baseUrl']),
} as const;

/** The address as it is kept: the kind's own check drops a trailing slash and a copied API path. */
export function baseUrlOf(kind: Kind, text: string): string {
  try {
    return ADDRESSES[kind].validateSync({ baseUrl: text }).baseUrl;
  } catch (failure) {
    if (!(failure instanceof ValidationError)) throw failure;
    throw invalidField(
      'baseUrl',
      failure.message,
      'baseUrl must be an address like https://zammad.example.com',
    );
  }
}

/** Settings beside address, token and zone; those a kind does not name are refused. */
const SETTINGS = { zammad: ['unit', 'customUnitSeconds', 'ca', 'proxy'], kimai: ['ca', 'proxy'] } as const;

/** @throws Problem 422 that names the setting */
export function assertSettings(kind: Kind, settings: Readonly<Record<string, unknown>>): void {
  const known: readonly string[] = SETTINGS[kind];
  const issues: Issue[] = Object.entries(settings).flatMap(([name, value]) => {
    const path = `settings.${name}`;
    if (!known.includes(name))
      return [issue(path, 'unknown', `must not be given; known: ${known.join(', ')}`)];
    return value === null || typeof value === 'string' || typeof value === 'number'
      ? []
      : [issue(path, 'type', 'must be text or a number')];
  });
  if (issues.length > 0) throw invalidInput(issues);
}

const issue = (path: string, rule: string, must: string): Issue => ({
  in: 'body',
  path,
  rule,
  message: `${path} ${must}`,
});

/** A source needs its unit: the first period is open to the past, the others follow each other. */
export function assertUnitPeriods(kind: Kind, periods: readonly UnitPeriod[]): void {
  if (kind === 'kimai') {
    if (periods.length > 0)
      throw invalidField('unitPeriods', 'source-only', 'unitPeriods must be left out for Kimai');
    return;
  }
  if (periods.length === 0) {
    throw invalidField(
      'unitPeriods',
      'required',
      'unitPeriods must say how many seconds one unit of Zammad has, e.g. [{"from": null, "secondsPerUnit": 60}]',
    );
  }
  const ordered = periods.every(({ from }, index) =>
    index === 0 ? from === null : from !== null && from > (periods[index - 1]?.from ?? ''),
  );
  if (!ordered) {
    throw invalidField(
      'unitPeriods',
      'order',
      'unitPeriods must begin with from: null, then later and later instants',
    );
  }
}
