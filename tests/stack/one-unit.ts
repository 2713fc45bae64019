import { exitWithParent } from '../../config/parent.js';

const name = process.argv[2];
const stop = (): void => {
  console.log(`${name} stops`);
  process.exit(0);
};
process.on('SIGTERM', stop);
exitWithParent(stop);
setInterval(() => undefined, 60_000);
console.log(`ready ${process.pid}`);
