import * as yup from 'yup';
import { CONNECTOR_KINDS } from '../../domain/connector-kinds.js';
import { closed, instant, json, list, reason, slug } from '../fields.contract.js';

/** A kind of system that there is a connector for. */
export const connectorKind = () => yup.string().oneOf(CONNECTOR_KINDS, '${path} must be one of: ${values}');

export const unitPeriod = () =>
  closed({
    /** The first period has none; later ones begin at an entry's creation. */
    from: instant().nullable().defined(),
    secondsPerUnit: yup.number().integer().min(1).max(86_400).required(),
  });

/** A base URL: http or https, no user name, no query; a trailing slash is dropped. */
export const systemUrl = () =>
  yup
    .string()
    .max(500)
    .test(
      'system-url',
      '${path} must be an address like https://zammad.example.com',
      (value) => !value || isSystemUrl(value),
    );

function isSystemUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const plain = !url.username && !url.password && !url.search && !url.hash;
  return plain && (url.protocol === 'https:' || url.protocol === 'http:');
}

/** An IANA time zone that the machine knows. */
export const timeZone = () =>
  yup
    .string()
    .max(60)
    .test(
      'time-zone',
      '${path} must be a time zone like Europe/Berlin',
      (value) => !value || isTimeZone(value),
    );

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

export const connector = () =>
  closed({
    id: slug().required(),
    kind: connectorKind().required(),
    name: yup.string().required(),
    baseUrl: yup.string().required(),
    webUrl: yup.string().required(),
    /** The token itself cannot be read by anyone but the worker. */
    hasToken: yup.boolean().required(),
    timeZone: yup.string().required(),
    /** Of a source: how long one unit of its time accounting is. */
    unitPeriods: list(unitPeriod()),
    settings: json<Readonly<Record<string, unknown>>>().required(),
    /** What the last test discovered. */
    capabilities: json<Readonly<Record<string, unknown>>>().required(),
    health: yup
      .string()
      .oneOf(['ok', 'paused'] as const)
      .required(),
    healthCause: reason().nullable().defined(),
    healthSince: instant().required(),
    nextProbeAt: instant().nullable().defined(),
    createdAt: instant().required(),
    updatedAt: instant().required(),
  });
export type Connector = yup.InferType<ReturnType<typeof connector>>;
