import type { ConnectorRecord } from '../../db/stores/connectors.js';
import { iso, isoOrNull } from '../present.js';
import type { Connector } from './connector-shape.contract.js';

export const presentConnector = (connector: ConnectorRecord): Connector => ({
  id: connector.id,
  kind: connector.kind,
  name: connector.name,
  baseUrl: connector.baseUrl,
  webUrl: connector.webUrl,
  hasToken: connector.hasToken,
  timeZone: connector.timeZone,
  unitPeriods: connector.unitPeriods.map(({ from, secondsPerUnit }) => ({ from, secondsPerUnit })),
  settings: connector.settings,
  capabilities: connector.capabilities,
  health: connector.health,
  healthCause: presentHealthCause(connector),
  healthSince: iso(connector.healthSince),
  nextProbeAt: isoOrNull(connector.nextProbeAt),
  createdAt: iso(connector.createdAt),
  updatedAt: iso(connector.updatedAt),
});

/** Why a connector stands still, with what its sentence needs: which system, and since when. */
export const presentHealthCause = ({ name, healthCause, healthSince }: ConnectorRecord) =>
  healthCause && {
    code: healthCause.code,
    facts: { system: name, sinceAt: iso(healthSince), ...healthCause.facts },
  };
