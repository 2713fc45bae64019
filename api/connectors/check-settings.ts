import { X509Certificate } from 'node:crypto';
import { ValidationError } from 'yup';
import { DESCRIBED } from '../../connectors/descriptor.js';
import { type ConnectorKind, roleOf } from '../../domain/connector-kinds.js';
import type { UnitPeriod } from '../../db/stores/connectors.js';
import { ROUNDING_MODES } from '../../domain/target-rounding.js';
import { invalidField, invalidInput, type Issue } from '../http/problem.js';

/** The address as it is kept: the kind's own check drops a trailing slash and a copied API path. */
export function baseUrlOf(kind: ConnectorKind, text: string): string {
  try {
    const address: unknown = DESCRIBED[kind].settings.validateSyncAt('baseUrl', { baseUrl: text });
    return String(address);
  } catch (failure) {
    if (!(failure instanceof ValidationError)) throw failure;
    throw invalidField(
      'baseUrl',
      failure.message,
      'baseUrl must be an address like https://zammad.example.com',
    );
  }
}

/** What has a place of its own, and what every connection may be told; all else a kind's own fields say. */
const APART = ['baseUrl', 'token', 'timeZone'];
const NETWORK = ['proxy', 'concurrency', 'requestsPerSecond'];

function settingsOf(kind: ConnectorKind): readonly string[] {
  const own = DESCRIBED[kind].descriptor.fields.map(({ name }) => name);
  return [...own.filter((name) => !APART.includes(name)), ...NETWORK];
}

type Check = { readonly holds: (value: unknown) => boolean; readonly must: string };

const between = (least: number, most: number, whole: boolean) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));

const MINUTES: Check = { holds: between(0, 1_440, true), must: 'must be a whole number from 0 to 1440' };
const CHECKS: Readonly<Record<string, Check>> = {
  ca: { holds: isCertificate, must: 'must be one or more certificates in PEM form' },
  proxy: { holds: isProxy, must: 'must be an address like http://proxy.example.com:3128, or direct' },
  roundingMode: {
    holds: (value) => ROUNDING_MODES.some((mode) => mode === value),
    must: `must be one of: ${ROUNDING_MODES.join(', ')}`,
  },
  roundingBegin: MINUTES,
  roundingEnd: MINUTES,
  roundingDuration: MINUTES,
  concurrency: { holds: between(1, 32, true), must: 'must be a whole number from 1 to 32' },
  requestsPerSecond: { holds: between(0.1, 1_000, false), must: 'must be a number from 0.1 to 1000' },
};
const ANY: Check = {
  holds: (value) => typeof value === 'string' || typeof value === 'number',
  must: 'must be text or a number',
};

/** @throws Problem 422 that names the setting; null stands for a setting that is not made. */
export function assertSettings(kind: ConnectorKind, settings: Readonly<Record<string, unknown>>): void {
  const known = settingsOf(kind);
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
export function assertUnitPeriods(kind: ConnectorKind, periods: readonly UnitPeriod[]): void {
  const { title } = DESCRIBED[kind].descriptor;
  if (roleOf(kind) === 'target') {
    if (periods.length > 0)
      throw invalidField('unitPeriods', 'source-only', `unitPeriods must be left out for ${title}`);
    return;
  }
  if (periods.length === 0) {
    throw invalidField(
      'unitPeriods',
      'required',
      `unitPeriods must say how many seconds one unit of ${title} has, e.g. [{"from": null, "secondsPerUnit": 60}]`,
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
