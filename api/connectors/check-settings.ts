import { X509Certificate } from 'node:crypto';
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
const NETWORK = ['ca', 'proxy', 'concurrency', 'requestsPerSecond'] as const;
const SETTINGS = { zammad: ['unit', 'customUnitSeconds', ...NETWORK], kimai: NETWORK } as const;

type Check = { readonly holds: (value: unknown) => boolean; readonly must: string };

const between = (least: number, most: number, whole: boolean) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));

const CHECKS: Readonly<Record<string, Check>> = {
  ca: { holds: isCertificate, must: 'must be one or more certificates in PEM form' },
  proxy: { holds: isProxy, must: 'must be an address like http://proxy.example.com:3128, or direct' },
  concurrency: { holds: between(1, 32, true), must: 'must be a whole number from 1 to 32' },
  requestsPerSecond: { holds: between(0.1, 1_000, false), must: 'must be a number from 0.1 to 1000' },
};
const ANY: Check = {
  holds: (value) => typeof value === 'string' || typeof value === 'number',
  must: 'must be text or a number',
};

/** @throws Problem 422 that names the setting; null stands for a setting that is not made. */
export function assertSettings(kind: Kind, settings: Readonly<Record<string, unknown>>): void {
  const known: readonly string[] = SETTINGS[kind];
  const issues: Issue[] = Object.entries(settings).flatMap(([name, value]) => {
    const path = `settings.${name}`;
    if (!known.includes(name))
      return [issue(path, 'unknown', `must not be given; known: ${known.join(', ')}`)];
    const { holds, must } = CHECKS[name] ?? ANY;
    return value === null || value === '' || holds(value) ? [] : [issue(path, 'value', must)];
  });
  if (issues.length > 0) throw invalidInput(issues);
}

function isCertificate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const blocks = value.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}

function isProxy(value: unknown): boolean {
  if (value === 'direct') return true;
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
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
