import * as yup from 'yup';
import { acceptTokenRisk, policyChanges } from '../../api/bridges/bridge-shape.contract.js';
import {
  connectorKind,
  systemUrl,
  timeZone,
  unitPeriod,
} from '../../api/connectors/connector-shape.contract.js';
import { closed, isoDay, list, slug, text } from '../../api/fields.contract.js';
import { ruleFields } from '../../api/rules/rule-shape.contract.js';
import { BRIDGE_MODES } from '../../domain/policies.js';
import { readYaml, unusable } from './yaml-file.js';

/** `source` as the mapping pages show it: a type or user id, `organization:<id>`, `customer:<id>`. */
const mapping = () =>
  closed({
    source: yup.string().max(120).defined(),
    target: yup.string().max(40).nullable(),
    ignored: yup.boolean(),
  }).test('either', '${path} needs either a target or "ignored: true"', (row) => {
    return (typeof row.target === 'string') !== (row.ignored === true);
  });

const mappings = () =>
  closed({
    activities: list(mapping()).optional(),
    users: list(mapping()).optional(),
    customers: list(mapping()).optional(),
  }).optional();

const connector = () =>
  closed({
    id: slug().required(),
    kind: connectorKind().required(),
    name: text(120).required(),
    baseUrl: systemUrl().required(),
    webUrl: systemUrl(),
    /** `${NAME}` takes it from the environment, so that the file can be shared. */
    token: yup.string().max(4000),
    timeZone: timeZone().required(),
    unitPeriods: list(unitPeriod()).optional(),
    settings: yup.mixed<Record<string, unknown>>({ type: 'object' }),
  });

/** What is left out stays as it is; for a new bridge, as the API begins: every quarter of an hour, nightly, not paused. */
const partialSchedule = () =>
  closed({
    cron: text(120),
    nightlyCron: text(120).nullable(),
    timeZone: timeZone(),
    paused: yup.boolean(),
  }).optional();

const bridge = () =>
  closed({
    id: slug().required(),
    name: text(120).required(),
    source: slug().required(),
    target: slug().required(),
    code: yup.string().matches(/^[a-z0-9]{2,12}$/, '${path} must be 2 to 12 of a-z and 0-9'),
    mode: yup.string().oneOf(BRIDGE_MODES, '${path} must be one of: ${values}'),
    startFrom: isoDay(),
    closedUntil: isoDay().nullable(),
    /** A person's yes to a first run over entries that are older than five weeks. */
    confirmFirstRun: yup.boolean(),
    acceptTokenRisk: acceptTokenRisk(),
    policies: policyChanges(),
    schedule: partialSchedule(),
    mappings: mappings(),
    rules: list(closed(ruleFields)).optional(),
  });

const Setup = closed({ connectors: list(connector()).optional(), bridges: list(bridge()).optional() });

/** Systems, bridges, mappings, policies and rules, as one file. What it leaves out stays as it is. */
export type Setup = yup.InferType<typeof Setup>;
export type ConnectorSetup = NonNullable<Setup['connectors']>[number];
export type BridgeSetup = NonNullable<Setup['bridges']>[number];

/**
 * Reads a set-up file (YAML or JSON).
 * @throws CommandFailed (wrong use) that names every line or member that is wrong.
 */
export const parseSetup = (
  source: string,
  environment: Readonly<Record<string, string | undefined>>,
): Setup => withEnvironment(readYaml(source, Setup), environment);

function withEnvironment(setup: Setup, environment: Readonly<Record<string, string | undefined>>): Setup {
  const missing: string[] = [];
  const fill = (text: string): string =>
    text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_match, name: string) => {
      const value = environment[name];
      if (!value)
        missing.push(`\${${name}} is not set in the environment: export it before, e.g. export ${name}=…`);
      return value ?? '';
    });
  const connectors = setup.connectors?.map((one) => ({
    ...one,
    ...(one.token && { token: fill(one.token) }),
    ...(one.settings && { settings: filledSettings(one.settings, fill) }),
  }));
  if (missing.length > 0) throw unusable(missing);
  return { ...setup, ...(connectors && { connectors }) };
}

/** Certificates are long, and a proxy's address may hold a password: they may come from the environment too. */
const filledSettings = (settings: Readonly<Record<string, unknown>>, fill: (text: string) => string) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value]),
  );
