import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export type Metrics = {
  /** `route` is the template (`/api/v1/conflicts/:conflictId`), so that the number of series stays small. */
  request(method: string, route: string, status: number, seconds: number): void;
  delivery(outcome: 'accepted' | 'duplicate' | 'refused'): void;
  text(): Promise<string>;
  readonly contentType: string;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'timebridge_api_' });
  const requests = new Histogram({
    name: 'timebridge_api_request_seconds',
    help: 'How long requests took, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const deliveries = new Counter({
    name: 'timebridge_api_webhook_deliveries_total',
    help: 'Webhooks of Zammad, by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return {
    request: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    delivery: (outcome) => deliveries.inc({ outcome }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
