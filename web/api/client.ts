import { inject, type App, type InjectionKey } from 'vue';
import type { Contract } from '../../api/contract';

/** Parts that the contract names must be given; those it leaves out must not. Query members with a default may stay out. */
export type CallInput<P, Q, B> = ([P] extends [undefined] ? { params?: undefined } : { params: P }) &
  ([Q] extends [undefined] ? { query?: undefined } : { query?: Partial<Q> }) &
  ([B] extends [undefined] ? { body?: undefined } : { body: B });

export type CallOptions = { readonly signal?: AbortSignal | undefined };

/** What the screens know of the API: one call per contract, and a stream of events. */
export interface ApiClient {
  readonly call: <P, Q, B, R>(
    contract: Contract<P, Q, B, R>,
    input: CallInput<P, Q, B>,
    options?: CallOptions,
  ) => Promise<R>;
  /** Opens the event stream; the answer closes it. */
  readonly listen: (listener: EventListener) => () => void;
}

export type EventListener = {
  /** `data` is parsed JSON, not yet checked; `resync` comes each time the stream opens. */
  readonly event: (name: string, data: unknown) => void;
};

const apiKey: InjectionKey<ApiClient> = Symbol('api');

export function provideApi(app: App, client: ApiClient): void {
  app.provide(apiKey, client);
}

/** The client of the running page; components know nothing else of how the API is reached. */
export function useApi(): ApiClient {
  const client = inject(apiKey);
  if (!client) throw new Error('useApi() needs provideApi() on the app');
  return client;
}
