import { listBridges } from '../../api/bridges/list-bridges.contract.js';
import type { Bridge } from '../../api/bridges/bridge-shape.contract.js';
import { listConnectors } from '../../api/connectors/list-connectors.contract.js';
import { listMappings } from '../../api/mappings/list-mappings.contract.js';
import { MAPPING_KINDS, type MappingKind } from '../../api/mappings/mapping-shape.contract.js';
import { listRules } from '../../api/rules/list-rules.contract.js';
import type { ApiClient } from '../client.js';

/** The installation as a set-up file that `apply` takes. Tokens are not in it: nobody but the worker can read them. */
export async function exportSetup(api: ApiClient) {
  const { items: connectors } = await api.call(listConnectors, {});
  const { items: bridges } = await api.call(listBridges, {});
  return {
    connectors: connectors.map(({ id, kind, name, baseUrl, webUrl, timeZone, unitPeriods, settings }) => ({
      ...{ id, kind, name, baseUrl, webUrl, timeZone, unitPeriods, settings },
      token: `\${${id.toUpperCase().replaceAll('-', '_')}_TOKEN}`,
    })),
    bridges: await Promise.all(bridges.map((bridge) => exportBridge(api, bridge))),
  };
}

async function exportBridge(api: ApiClient, bridge: Bridge) {
  const { id, name, code, mode, startFrom, closedUntil, policies, schedule } = bridge;
  const { items: rules } = await api.call(listRules, { params: { bridgeId: id } });
  const mappings: Partial<Record<MappingKind, MappingLines>> = {};
  for (const kind of MAPPING_KINDS) mappings[kind] = await exportMappings(api, id, kind);
  return {
    ...{ id, name, source: bridge.source.id, target: bridge.target.id, code, mode, startFrom, closedUntil },
    ...{ policies, schedule, mappings },
    rules: rules.map(({ name, when, then, enabled }) => ({ name, when, then, enabled })),
  };
}

type MappingLines = Awaited<ReturnType<typeof exportMappings>>;

async function exportMappings(api: ApiClient, bridgeId: string, kind: MappingKind) {
  const { items } = await api.call(listMappings, { params: { bridgeId, kind } });
  return (
    items
      .filter((row) => row.target !== null || row.ignored)
      // The same order each time, whatever waits at the moment: the file may be kept under version control.
      .toSorted((a, b) => a.sourceId.localeCompare(b.sourceId, 'en', { numeric: true }))
      .map((row) =>
        row.target
          ? { source: row.sourceId, target: row.target.id }
          : { source: row.sourceId, ignored: true },
      )
  );
}
