import { Client, Connection } from '@temporalio/client';

/** The part of config/ that says how to reach Temporal. */
export type TemporalOptions = {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly apiKey?: string | undefined;
  readonly tls?: TlsOptions | undefined;
};
type TlsOptions = {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
};

/** A connection that the API, the worker and the CLI share; every helper of this room takes it first. */
export type Temporal = {
  readonly client: Client;
  readonly taskQueue: string;
  /** Calls under way, also those that nobody waits for any more. */
  readonly pending: Set<Promise<unknown>>;
  /** Waits for the calls under way: the client would throw from a timer when it repeats one after the end. */
  close(): Promise<void>;
};

/** With the defaults of gRPC a client stays deaf for up to 20 s after the server is back. */
const RECONNECT = {
  'grpc.initial_reconnect_backoff_ms': 500,
  'grpc.min_reconnect_backoff_ms': 500,
  'grpc.max_reconnect_backoff_ms': 2_000,
} as const;

/** Connects with the first call, so that a process starts while Temporal is down. */
export function connectTemporal(options: TemporalOptions): Temporal {
  const connection = Connection.lazy({ ...credentials(options), channelArgs: RECONNECT });
  const pending = new Set<Promise<unknown>>();
  return {
    pending,
    client: new Client({ connection, namespace: options.namespace }),
    taskQueue: options.taskQueue,
    close: async () => {
      await Promise.allSettled(pending);
      await connection.close();
    },
  };
}

/** Address, TLS and API key as both the client's and the worker's connection take them. */
export function credentials(options: TemporalOptions): {
  address: string;
  tls?: TlsOptions;
  apiKey?: string;
} {
  const { address, apiKey, tls } = options;
  return { address, ...(tls ? { tls } : {}), ...(apiKey ? { apiKey } : {}) };
}
