import type { Connector } from '../../../api/connectors/connector-shape.contract';
import { isTimeZone } from '../../../api/connectors/connector-shape.contract';
import type { updateConnector } from '../../../api/connectors/update-connector.contract';
import type { BodyOf } from '../../../api/contract';
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
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A system that is not there yet. */
export const newDraft = (name: string, timeZone: string): ConnectorDraft => ({
  ...{ name, baseUrl: '', webUrl: '', timeZone, ca: '', proxy: '' },
  ...{ unit: 'minute', unitMinutes: '1', unitFrom: 'always' },
});

/** The settings beside address, token and zone, with what was typed in place of what was there. */
export function settingsOf(
  { ca, proxy }: ConnectorDraft,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { ca: _ca, proxy: _proxy, ...others } = before;
  return {
    ...others,
    ...(ca.trim() && { ca: ca.trim() }),
    ...(proxy.trim() && { proxy: proxy.trim() }),
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
  if (secondsOfUnit(draft.unit, draft.unitMinutes) === null)
    problems.unitMinutes = 'connectors.unitMinutesInvalid';
  return problems;
}

/** An address, or `direct` for none although the environment names one. */
const isProxy = (text: string): boolean =>
  text === 'direct' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));

/** Only what differs from the connector, null when nothing does; `now` dates a new unit (ISO 8601 with Z). */
export function changesOf(connector: Connector, draft: ConnectorDraft, now: string): ConnectorChanges | null {
  const before = draftOf(connector);
  const baseUrl = draft.baseUrl.trim();
  const unit = secondsOfUnit(draft.unit, draft.unitMinutes);
  const unitChanged =
    connector.kind === 'zammad' && unit !== null && unit !== currentUnit(connector.unitPeriods);
  const changes: ConnectorChanges = {
    ...(draft.name !== before.name && { name: draft.name.trim() }),
    ...(baseUrl !== before.baseUrl && { baseUrl }),
    ...((draft.webUrl !== before.webUrl || (baseUrl !== before.baseUrl && !draft.webUrl)) && {
      webUrl: draft.webUrl.trim() || baseUrl,
    }),
    ...(draft.timeZone !== before.timeZone && { timeZone: draft.timeZone }),
    ...((draft.ca !== before.ca || draft.proxy !== before.proxy) && {
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
