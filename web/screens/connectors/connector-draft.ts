import type { Connector } from '../../../api/connectors/connector-shape.contract';
import { isTimeZone } from '../../../api/connectors/connector-shape.contract';
import type { createConnector } from '../../../api/connectors/create-connector.contract';
import type { updateConnector } from '../../../api/connectors/update-connector.contract';
import type { BodyOf } from '../../../api/contract';
import { roleOf } from '../../../domain/connector-kinds';
import { ROUNDING_MODES, ROUNDING_SETTINGS, type RoundingMode } from '../../../domain/target-rounding';
import type { MessageKey } from '../../i18n/use-t';
import { currentUnit, secondsOfUnit, unitOf, withUnit, type Unit } from './time-unit';

export type ConnectorDraft = {
  name: string;
  baseUrl: string;
  webUrl: string;
  timeZone: string;
  unit: Unit;
  unitMinutes: string;
  /** A changed unit: from its change in Zammad on, from now on, or for all because the old one was wrong. */
  unitFrom: 'change' | 'now' | 'always';
  /** PEM of an own certificate authority; empty: those of the machine. */
  ca: string;
  proxy: string;
  /** Calls that may be under way at once, and calls a second, as typed; empty: as Timebridge does by itself. */
  concurrency: string;
  requestsPerSecond: string;
  /** How Kimai rounds, as its settings say; empty where nobody told. Minutes as typed. */
  roundingMode: RoundingMode | '';
  roundingBegin: string;
  roundingEnd: string;
  roundingDuration: string;
};
export type ConnectorChanges = BodyOf<typeof updateConnector>;

/** When Zammad's own setting changed, where that is why the connector rests; null otherwise. */
export function unitChangedAt({ healthCause, unitPeriods }: Connector): string | null {
  const at = healthCause?.code === 'zammad_unit_changed' ? healthCause.facts['changedAt'] : null;
  const since = unitPeriods.at(-1)?.from ?? '';
  return typeof at === 'string' && at > since ? at : null;
}

export function draftOf(connector: Connector): ConnectorDraft {
  const { name, baseUrl, webUrl, timeZone, unitPeriods, settings } = connector;
  const seconds = currentUnit(unitPeriods) ?? 60;
  const unitFrom = unitChangedAt(connector) === null ? 'now' : 'change';
  return {
    ...{ name, baseUrl, timeZone, webUrl: webUrl === baseUrl ? '' : webUrl },
    ...{ unit: unitOf(seconds), unitMinutes: String(seconds / 60), unitFrom },
    ...{ ca: textOf(settings['ca']), proxy: textOf(settings['proxy']) },
    ...{
      concurrency: numberTextOf(settings['concurrency']),
      requestsPerSecond: numberTextOf(settings['requestsPerSecond']),
    },
    ...{
      roundingMode: ROUNDING_MODES.find((mode) => mode === settings['roundingMode']) ?? '',
      roundingBegin: numberTextOf(settings['roundingBegin']),
      roundingEnd: numberTextOf(settings['roundingEnd']),
      roundingDuration: numberTextOf(settings['roundingDuration']),
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberTextOf = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

/** A system that is not there yet. */
export const newDraft = (name: string, timeZone: string): ConnectorDraft => ({
  ...{ name, baseUrl: '', webUrl: '', timeZone, ca: '', proxy: '', concurrency: '', requestsPerSecond: '' },
  ...{ unit: 'minute', unitMinutes: '1', unitFrom: 'always' },
  ...{ roundingMode: '', roundingBegin: '', roundingEnd: '', roundingDuration: '' },
});

/** What has a field here beside address, token and zone; the rest of the settings stays as it is. */
const SETTINGS = ['ca', 'proxy', 'concurrency', 'requestsPerSecond', ...ROUNDING_SETTINGS] as const;

/** The settings beside address, token and zone, with what was typed in place of what was there. */
export function settingsOf(
  { ca, proxy, concurrency, requestsPerSecond, roundingMode, ...draft }: ConnectorDraft,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const own: ReadonlySet<string> = new Set(SETTINGS);
  const others = Object.entries(before).filter(([name]) => !own.has(name));
  return {
    ...Object.fromEntries(others),
    ...(ca.trim() && { ca: ca.trim() }),
    ...(proxy.trim() && { proxy: proxy.trim() }),
    ...(concurrency.trim() && { concurrency: numberOf(concurrency) }),
    ...(requestsPerSecond.trim() && { requestsPerSecond: numberOf(requestsPerSecond) }),
    ...(roundingMode && { roundingMode }),
    ...Object.fromEntries(
      ROUNDING_MINUTES.filter((name) => roundingMode && draft[name].trim()).map((name) => [
        name,
        numberOf(draft[name]),
      ]),
    ),
  };
}

const ROUNDING_MINUTES = ['roundingBegin', 'roundingEnd', 'roundingDuration'] as const;

/** `2.5` and `2,5` alike; not a number when it is neither. */
const numberOf = (text: string): number =>
  /^\d{1,4}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;

/** What a token may be made of: it goes into a header. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text.trim());

/** The body that creates a connector. `secondsPerUnit` counts for a source only. */
export function newConnector(
  draft: ConnectorDraft,
  {
    secondsPerUnit,
    ...named
  }: Pick<BodyOf<typeof createConnector>, 'id' | 'kind' | 'token'> & { readonly secondsPerUnit: number },
): BodyOf<typeof createConnector> {
  const { name, baseUrl, webUrl, timeZone } = draft;
  return {
    ...named,
    ...{ name: name.trim(), baseUrl: baseUrl.trim(), timeZone, settings: settingsOf(draft, {}) },
    ...(webUrl.trim() && { webUrl: webUrl.trim() }),
    ...(roleOf(named.kind) === 'source' && { unitPeriods: [{ from: null, secondsPerUnit }] }),
  };
}

const CERTIFICATES = /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/;

export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash;
}

export function draftProblems(draft: ConnectorDraft): Partial<Record<keyof ConnectorDraft, MessageKey>> {
  const problems: Partial<Record<keyof ConnectorDraft, MessageKey>> = {};
  if (!draft.name.trim()) problems.name = 'setup.required';
  if (!isAddress(draft.baseUrl.trim())) problems.baseUrl = 'connectors.baseUrlInvalid';
  if (draft.webUrl.trim() && !isAddress(draft.webUrl.trim())) problems.webUrl = 'connectors.baseUrlInvalid';
  if (!draft.timeZone || !isTimeZone(draft.timeZone)) problems.timeZone = 'connectors.timeZoneInvalid';
  if (draft.ca.trim() && !CERTIFICATES.test(draft.ca.trim())) problems.ca = 'connectors.caInvalid';
  if (draft.proxy.trim() && !isProxy(draft.proxy.trim())) problems.proxy = 'connectors.proxyInvalid';
  if (!isWithin(draft.concurrency, 1, 32) || /[.,]/.test(draft.concurrency))
    problems.concurrency = 'connectors.concurrencyInvalid';
  if (!isWithin(draft.requestsPerSecond, 0.1, 1_000))
    problems.requestsPerSecond = 'connectors.requestsPerSecondInvalid';
  for (const name of ROUNDING_MINUTES)
    if (!isWithin(draft[name], 0, 1_440) || /[.,]/.test(draft[name]))
      problems[name] = 'connectors.roundingInvalid';
  if (secondsOfUnit(draft.unit, draft.unitMinutes) === null)
    problems.unitMinutes = 'connectors.unitMinutesInvalid';
  return problems;
}

/** Nothing typed leaves it to Timebridge. */
const isWithin = (text: string, least: number, most: number): boolean =>
  text.trim() === '' || (numberOf(text) >= least && numberOf(text) <= most);

/** An address, or `direct` for none although the environment names one. */
const isProxy = (text: string): boolean =>
  text === 'direct' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));

/** Only what differs from the connector, null when nothing does; `now` dates a new unit (ISO 8601 with Z). */
export function changesOf(connector: Connector, draft: ConnectorDraft, now: string): ConnectorChanges | null {
  const before = draftOf(connector);
  const baseUrl = draft.baseUrl.trim();
  const unit = secondsOfUnit(draft.unit, draft.unitMinutes);
  const unitChanged =
    roleOf(connector.kind) === 'source' && unit !== null && unit !== currentUnit(connector.unitPeriods);
  const changes: ConnectorChanges = {
    ...(draft.name !== before.name && { name: draft.name.trim() }),
    ...(baseUrl !== before.baseUrl && { baseUrl }),
    ...((draft.webUrl !== before.webUrl || (baseUrl !== before.baseUrl && !draft.webUrl)) && {
      webUrl: draft.webUrl.trim() || baseUrl,
    }),
    ...(draft.timeZone !== before.timeZone && { timeZone: draft.timeZone }),
    ...(SETTINGS.some((name) => draft[name] !== before[name]) && {
      settings: settingsOf(draft, connector.settings),
    }),
    ...(unitChanged && {
      unitPeriods: withUnit(connector.unitPeriods, unit, fromOf(connector, draft, now)),
    }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

function fromOf(connector: Connector, { unitFrom }: ConnectorDraft, now: string): string | null {
  if (unitFrom === 'always') return null;
  return unitFrom === 'change' ? (unitChangedAt(connector) ?? now) : now;
}
