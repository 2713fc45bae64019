import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import * as yup from 'yup';
import { policyChanges, schedule } from '../../api/bridges/bridge-shape.contract.js';
import {
  CONNECTOR_KINDS,
  systemUrl,
  timeZone,
  unitPeriod,
} from '../../api/connectors/connector-shape.contract.js';
import { closed, isoDay, list, slug, text } from '../../api/fields.contract.js';
import { ruleFields } from '../../api/rules/rule-shape.contract.js';
import { BRIDGE_MODES } from '../../domain/policies.js';
import { CommandFailed, EXIT } from '../failure.js';

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
    kind: yup.string().oneOf(CONNECTOR_KINDS, '${path} must be one of: ${values}').required(),
    name: text(120).required(),
    baseUrl: systemUrl().required(),
    webUrl: systemUrl(),
    /** `${NAME}` takes it from the environment, so that the file can be shared. */
    token: yup.string().max(4000),
    timeZone: timeZone().required(),
    unitPeriods: list(unitPeriod()).optional(),
    settings: yup.mixed<Record<string, unknown>>({ type: 'object' }),
  });

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
    policies: policyChanges(),
    schedule: schedule().optional(),
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
export function parseSetup(source: string, environment: Readonly<Record<string, string | undefined>>): Setup {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  // An unknown tag is a warning for the library; for us it is a text that means something else than it says.
  const flaws = [...document.errors, ...document.warnings];
  if (flaws.length > 0) throw wrong(flaws.map((flaw) => flaw.message));
  const value: unknown = document.toJS();
  return withEnvironment(checked(value, placesIn(document, lineCounter)), environment);
}

type Places = (path: string) => string;

/** `line 7: ` for a path as yup writes it (`bridges[0].policies.marker`); of what is missing, the line of what lacks it. */
function placesIn(document: Document, lines: LineCounter): Places {
  return (path) => {
    const keys = [...path.matchAll(/[^.[\]"]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
    for (let length = keys.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return `line ${lines.linePos(node.range[0]).line}: `;
    }
    return '';
  };
}

function checked(value: unknown, placeOf: Places): Setup {
  try {
    return Setup.validateSync(value ?? {}, { abortEarly: false, strict: true });
  } catch (cause) {
    if (!(cause instanceof yup.ValidationError)) throw cause;
    const flaws = cause.inner.length > 0 ? cause.inner : [cause];
    throw wrong(flaws.map((flaw) => `${placeOf(placeOfFlaw(flaw))}${advice(flaw)}`));
  }
}

/** An unknown member is told at the place where it stands, not at that of the object it stands in. */
function placeOfFlaw({ path = '', type, params }: yup.ValidationError): string {
  const unknown = type === 'noUnknown' ? params?.['unknown'] : undefined;
  const [first] = typeof unknown === 'string' ? unknown.split(', ') : [];
  return first === undefined ? path : [path, first].filter((part) => part !== '').join('.');
}

function advice(flaw: yup.ValidationError): string {
  const { message, path = '', type, params } = flaw;
  if (type !== 'noUnknown') return message;
  const where = path === '' ? 'the file' : path;
  return `${where} has no member "${String(params?.['unknown'])}"; check the spelling against the example in docs/installation.md`;
}

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
  if (missing.length > 0) throw wrong(missing);
  return { ...setup, ...(connectors && { connectors }) };
}

/** Certificates are long, and a proxy's address may hold a password: they may come from the environment too. */
const filledSettings = (settings: Readonly<Record<string, unknown>>, fill: (text: string) => string) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value]),
  );

const wrong = (lines: readonly string[]): CommandFailed =>
  new CommandFailed(
    `The set-up file cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    'setup',
    EXIT.wrongUse,
  );
