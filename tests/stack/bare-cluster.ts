/* A cluster under a parent that does nothing to stop it. */
import { startCluster } from '../../stack/postgres.js';

const [, , dir = '', port = ''] = process.argv;
const password = process.env['PGPASSWORD'] ?? '';
const cluster = await startCluster({ dir, user: 'timebridge', password, port: Number(port) });
console.log(`cluster ${cluster.pid}`);
