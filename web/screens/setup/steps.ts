import type { Bridge } from '../../../api/bridges/bridge-shape.contract';
import type { Connector } from '../../../api/connectors/connector-shape.contract';
import { roleOf } from '../../../domain/connector-kinds';

/** From nothing to a running bridge, in this order. */
export const SETUP_STEPS = [
  'zammad',
  'kimai',
  'time',
  'users',
  'activities',
  'customers',
  'policies',
  'webhook',
  'start',
] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** What is there already; the wizard keeps nothing of its own. */
export type Progress = {
  readonly source: Connector | undefined;
  readonly target: Connector | undefined;
  readonly bridge: Bridge | undefined;
};

/** A bridge is picked up with its own two systems; without one, the first of each role. */
export function progressOf(
  connectors: readonly Connector[],
  bridges: readonly Bridge[],
  wanted: string | undefined,
): Progress {
  const bridge =
    bridges.find(({ id }) => id === wanted) ?? bridges.find(({ mode }) => mode === 'off') ?? bridges[0];
  const pick = (role: 'source' | 'target', id: string | undefined) =>
    connectors.find((one) => one.id === id) ?? connectors.find((one) => roleOf(one.kind) === role);
  return { bridge, source: pick('source', bridge?.source.id), target: pick('target', bridge?.target.id) };
}

/** Whether a step can be opened: the systems need nothing, the unit needs both, everything else needs the bridge. */
export function isReachable(step: SetupStep, { source, target, bridge }: Progress): boolean {
  if (step === 'zammad') return true;
  if (step === 'kimai') return source !== undefined;
  if (step === 'time') return source?.hasToken === true && target?.hasToken === true;
  return bridge !== undefined;
}

/** A test that passed has left what it discovered. */
const isTested = (connector: Connector | undefined): boolean =>
  connector?.hasToken === true && Object.keys(connector.capabilities).length > 0;

/** Whether nothing is left to do in a step, as far as the data tell. */
export function isDone(step: SetupStep, { source, target, bridge }: Progress): boolean {
  switch (step) {
    case 'zammad':
      return isTested(source);
    case 'kimai':
      return isTested(target);
    case 'time':
      return bridge !== undefined;
    case 'webhook':
      return typeof bridge?.webhook.lastDeliveryAt === 'string';
    case 'start':
      return bridge !== undefined && bridge.mode !== 'off';
    default:
      return false;
  }
}

/** Where to go on: the step of the address if it can be opened, else the first that is not done. */
export function currentStep(wanted: unknown, progress: Progress): SetupStep {
  const named = SETUP_STEPS.find((step) => step === wanted);
  if (named && isReachable(named, progress)) return named;
  return SETUP_STEPS.find((step) => isReachable(step, progress) && !isDone(step, progress)) ?? 'start';
}
