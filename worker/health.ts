import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the worker says about itself; `ready` decides between 200 and 503. */
export type WorkerHealth = {
  readonly ready: boolean;
  readonly state: string;
  readonly activities: number;
  readonly workflowTasks: number;
  readonly cachedWorkflows: number;
};

export type HealthServer = { readonly port: number; close(): Promise<void> };

/** Answers `GET /health` and `GET /metrics`. Port 0: any free one. */
export async function startHealthServer(
  address: { readonly host: string; readonly port: number },
  read: () => WorkerHealth,
): Promise<HealthServer> {
  const registry = metricsOf(read);
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      void registry
        .metrics()
        .then((text) => response.setHeader('content-type', registry.contentType).end(text));
      return;
    }
    const health = read();
    const status = request.url === '/health' ? (health.ready ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  });
  const port = await listen(server, address);
  return { port, close: () => closed(server) };
}

function metricsOf(read: () => WorkerHealth): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counted = [
    ['timebridge_worker_activities', 'Activities under way', () => read().activities],
    ['timebridge_worker_workflow_tasks', 'Workflow tasks under way', () => read().workflowTasks],
    ['timebridge_worker_cached_workflows', 'Workflows kept in memory', () => read().cachedWorkflows],
  ] as const;
  for (const [name, help, value] of counted) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  }
  return registry;
}

function listen(server: Server, address: { readonly host: string; readonly port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => resolve(portOf(server.address())));
  });
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
