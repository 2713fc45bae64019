import type { Sequelize } from 'sequelize';
import {
  CONNECTORS,
  createSource,
  createTarget,
  isSource,
  type ConnectorKinds,
} from '../connectors/registry.js';
import type { CallRecord, ConnectorContext, Proxy, TimeSource, TimeTarget } from '../connectors/port.js';
import { SyncError } from '../domain/errors.js';
import { readConnector, type ConnectorSettings } from '../db/stores/connector-settings.js';
import type { NamedKey } from '../secrets/keys.js';
import { openToken, resealToken, TokenNotOpened } from '../secrets/open.js';
import { sealedKeyId } from '../secrets/seal.js';
import type { ConnectorPool, ResealOutcome } from './deps.js';

type PoolOptions = {
  readonly db: Sequelize;
  /** Private keys, newest first: only the worker has them. Asked each time, so that a rotation needs no restart. */
  readonly keys: () => readonly NamedKey[];
  readonly allowLoopback: boolean;
  /** Proxies of the whole installation, by the scheme of a connector's address; its own setting wins. */
  readonly proxies?: Proxies;
  readonly signal: () => AbortSignal | undefined;
  /** Told of each request of each connector. */
  readonly onCall?: (call: CallRecord) => void;
  readonly kinds?: ConnectorKinds;
};

type Proxies = {
  readonly https: string | undefined;
  readonly http: string | undefined;
  readonly except: string;
};

type Kept<T> = { readonly fingerprint: string; readonly connector: Promise<T> };

/**
 * One live connector per row, rebuilt when its address, token, zone, units or network settings change. Health and
 * capabilities change often and do not matter here.
 */
export function createConnectorPool(options: PoolOptions): ConnectorPool {
  const { kinds = CONNECTORS } = options;
  const sources = new Map<string, Kept<TimeSource>>();
  const targets = new Map<string, Kept<TimeTarget>>();
  const get = async <T extends { close(): Promise<void> }>(
    kept: Map<string, Kept<T>>,
    connectorId: string,
    create: (kind: string, context: ConnectorContext) => T,
  ): Promise<T> => {
    const settings = await readConnector({ db: options.db, tx: null }, connectorId);
    const fingerprint = fingerprintOf(settings);
    const known = kept.get(connectorId);
    if (known?.fingerprint === fingerprint) return known.connector;
    const connector = contextOf(options, settings).then((context) =>
      named(create(settings.kind, context), connectorId),
    );
    kept.set(connectorId, { fingerprint, connector });
    connector.catch(() => kept.delete(connectorId));
    await known?.connector.then((old) => old.close()).catch(() => undefined);
    return connector;
  };
  const source = (connectorId: string) =>
    get(sources, connectorId, (kind, context) => createSource(kind, context, kinds));
  const target = (connectorId: string) =>
    get(targets, connectorId, (kind, context) => createTarget(kind, context, kinds));
  return {
    source,
    target,
    system: async (connectorId) => {
      const { kind } = await readConnector({ db: options.db, tx: null }, connectorId);
      return isSource(kind, kinds) ? source(connectorId) : target(connectorId);
    },
    sourceAs: async (connectorId, sealedToken) => {
      const settings = await readConnector({ db: options.db, tx: null }, connectorId);
      const lent = sealedToken === null ? settings : { ...settings, sealedToken };
      const context = await contextOf(options, lent);
      return named(createSource(settings.kind, context, kinds), connectorId);
    },
    openSealed: async (connectorId, sealedToken) => {
      const settings = await readConnector({ db: options.db, tx: null }, connectorId);
      return openCredentials(options, { ...settings, sealedToken });
    },
    reseal: (sealed, binding) => reseal(options.keys(), sealed, binding),
  };
}

async function reseal(
  [newest, ...older]: readonly NamedKey[],
  sealed: string,
  binding: { readonly connectorId: string; readonly baseUrl: string },
): Promise<ResealOutcome> {
  if (newest === undefined) return { kind: 'failed' };
  try {
    const anew = await resealToken([newest, ...older], sealed, binding);
    return anew === null
      ? { kind: 'current' }
      : { kind: 'resealed', sealed: anew, keyId: sealedKeyId(anew) ?? newest.id };
  } catch (error) {
    if (error instanceof TokenNotOpened) return { kind: 'failed' };
    throw error;
  }
}

/** Every failure says which connector it is about: that is the one to pause. */
function named<T extends object>(connector: T, connectorId: string): T {
  const tell = (error: unknown): never => {
    if (!(error instanceof SyncError) || error.info.connectorId !== undefined) throw error;
    throw new SyncError(error.code, error.message, { ...error.info, connectorId }, { cause: error });
  };
  return new globalThis.Proxy(connector, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, args);
        return answer instanceof Promise ? answer.catch(tell) : answer;
      };
    },
  });
}

const fingerprintOf = ({
  baseUrl,
  sealedToken,
  timeZone,
  unitPeriods,
  settings,
}: ConnectorSettings): string => JSON.stringify([baseUrl, sealedToken, timeZone, unitPeriods, settings]);

async function contextOf(options: PoolOptions, settings: ConnectorSettings): Promise<ConnectorContext> {
  const { ca, concurrency, requestsPerSecond } = settings.settings;
  const proxy = proxyOf(options, settings);
  return {
    connectorId: settings.id,
    baseUrl: settings.baseUrl,
    token: await openCredentials(options, settings),
    timeZone: settings.timeZone,
    unitPeriods: settings.unitPeriods,
    http: {
      allowLoopback: options.allowLoopback,
      ...(typeof ca === 'string' && ca !== '' ? { ca } : {}),
      ...(proxy === undefined ? {} : { proxy }),
      ...(typeof concurrency === 'number' ? { concurrency } : {}),
      ...(typeof requestsPerSecond === 'number' ? { requestsPerSecond } : {}),
    },
    signal: options.signal,
    ...(options.onCall === undefined ? {} : { onCall: options.onCall }),
  };
}

/** Reached without any proxy, whatever the environment says: this machine is not on its other side. */
const THIS_MACHINE = 'localhost,127.0.0.1,[::1]';

/** The connector's own proxy (an address, or `direct` for none), else the installation's for the scheme of its address. */
function proxyOf(options: PoolOptions, { baseUrl, settings }: ConnectorSettings): Proxy | undefined {
  const own = settings['proxy'];
  if (own === 'direct') return undefined;
  if (typeof own === 'string' && own !== '')
    return { uri: own, except: '', allowLoopback: options.allowLoopback };
  const { proxies } = options;
  const uri = baseUrl.startsWith('https:') ? proxies?.https : proxies?.http;
  if (proxies === undefined || uri === undefined) return undefined;
  // The installation's own proxy may well be on this machine.
  return { uri, except: `${THIS_MACHINE},${proxies.except}`, allowLoopback: true };
}

async function openCredentials({ keys }: PoolOptions, settings: ConnectorSettings): Promise<string> {
  const { id: connectorId, baseUrl, sealedToken } = settings;
  if (sealedToken === null)
    throw new SyncError('credentials_rejected', `${connectorId} has no API token: enter one`, {
      connectorId,
    });
  try {
    return await openToken(keys(), sealedToken, { connectorId, baseUrl });
  } catch (error) {
    if (!(error instanceof TokenNotOpened)) throw error;
    throw new SyncError('credentials_rejected', error.message, { connectorId }, { cause: error });
  }
}
