import { readFileSync } from 'node:fs';
import { EnvironmentError } from './environment.js';
import { settings } from './settings.js';

/** How to reach Temporal; `tls` and `apiKey` fit the options of the SDK's connections. */
export type TemporalConfig = {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Where people look at processes; links to it are left out when nobody set it. */
  readonly uiUrl: string | undefined;
  readonly apiKey: string | undefined;
  readonly tls: TemporalTls | undefined;
};

export type TemporalTls = {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
};

export const temporalSettings = {
  TEMPORAL_ADDRESS: settings.TEMPORAL_ADDRESS.default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: settings.TEMPORAL_NAMESPACE,
  TEMPORAL_TASK_QUEUE: settings.TEMPORAL_TASK_QUEUE,
  TEMPORAL_UI_URL: settings.TEMPORAL_UI_URL,
  TEMPORAL_API_KEY: settings.TEMPORAL_API_KEY,
  TEMPORAL_TLS: settings.TEMPORAL_TLS,
  TEMPORAL_TLS_CA_FILE: settings.TEMPORAL_TLS_CA_FILE,
  TEMPORAL_TLS_CERT_FILE: settings.TEMPORAL_TLS_CERT_FILE,
  TEMPORAL_TLS_KEY_FILE: settings.TEMPORAL_TLS_KEY_FILE,
  TEMPORAL_TLS_SERVER_NAME: settings.TEMPORAL_TLS_SERVER_NAME,
} as const;

type TemporalEnvironment = {
  readonly TEMPORAL_ADDRESS: string;
  readonly TEMPORAL_NAMESPACE: string;
  readonly TEMPORAL_TASK_QUEUE: string;
  readonly TEMPORAL_UI_URL?: string | undefined;
  readonly TEMPORAL_API_KEY?: string | undefined;
  readonly TEMPORAL_TLS: boolean;
  readonly TEMPORAL_TLS_CA_FILE?: string | undefined;
  readonly TEMPORAL_TLS_CERT_FILE?: string | undefined;
  readonly TEMPORAL_TLS_KEY_FILE?: string | undefined;
  readonly TEMPORAL_TLS_SERVER_NAME?: string | undefined;
};

/** @throws EnvironmentError when a file that the environment names cannot be read. */
export function temporalConfig(env: TemporalEnvironment): TemporalConfig {
  return {
    address: env.TEMPORAL_ADDRESS,
    namespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.TEMPORAL_TASK_QUEUE,
    uiUrl: env.TEMPORAL_UI_URL,
    apiKey: env.TEMPORAL_API_KEY,
    tls: tlsConfig(env),
  };
}

/** An API key travels only over TLS, so it switches TLS on; so does naming any of the files. */
function tlsConfig(env: TemporalEnvironment): TemporalTls | undefined {
  const { TEMPORAL_TLS_CA_FILE: ca, TEMPORAL_TLS_CERT_FILE: cert, TEMPORAL_TLS_KEY_FILE: key } = env;
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'TEMPORAL_TLS_CERT_FILE' : 'TEMPORAL_TLS_KEY_FILE';
    throw new EnvironmentError([`${missing}: must be set too, certificate and key belong together`]);
  }
  const name = env.TEMPORAL_TLS_SERVER_NAME;
  if (!env.TEMPORAL_TLS && !env.TEMPORAL_API_KEY && !ca && !cert && !name) return undefined;
  return {
    ...(name && { serverNameOverride: name }),
    ...(ca && { serverRootCACertificate: readKeyFile('TEMPORAL_TLS_CA_FILE', ca) }),
    ...(cert &&
      key && {
        clientCertPair: {
          crt: readKeyFile('TEMPORAL_TLS_CERT_FILE', cert),
          key: readKeyFile('TEMPORAL_TLS_KEY_FILE', key),
        },
      }),
  };
}

function readKeyFile(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new EnvironmentError([`${setting}: names a file that cannot be read`]);
  }
}
