/**
 * Installs the packages before the first start and after the lock file has changed; needs nothing but Node and npm.
 * npm's own note of what it installed tells whether that is needed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = `${root}package-lock.json`;
const installed = `${root}node_modules/.package-lock.json`;

/** The newest time that the wanted or the installed packages changed, in ms. */
const changedAt = (/** @type {string} */ file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Timebridge needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (changedAt(installed) < changedAt(lock)) {
  console.error('Installing the packages (about a minute, once) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (npm.status !== 0) {
    console.error('The packages could not be installed: npm says why above.');
    process.exit(1);
  }
}
