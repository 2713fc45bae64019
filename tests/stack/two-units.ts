/* A supervisor over two units that do nothing but live; the tests end it in every way. */
import { fileURLToPath } from 'node:url';
import { Supervisor } from '../../stack/supervisor.js';

const unit = (name: string) => ({
  name,
  args: ['--import', 'tsx', fileURLToPath(new URL('./one-unit.ts', import.meta.url)), name],
  ready: /ready/,
});
const supervisor = new Supervisor({ say: console.log, log: (name, line) => console.log(`${name}: ${line}`) });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void supervisor.stop(0));
await supervisor.start(unit('first'));
await supervisor.start(unit('second'));
console.log('both run');
process.exit(await supervisor.ended);
