import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const noteFile = join(root, 'dist/fingerprints.json');

/** What each part of the build is made of. A change to one of these files makes the part anew. */
const shared = ['package-lock.json', 'tsconfig.base.json', 'scripts', 'domain', 'words'];
const parts = {
  server: [
    ...shared,
    ...['activities', 'api', 'cli', 'config', 'connectors', 'db', 'secrets', 'simulators', 'stack'],
    ...['temporal', 'worker', 'workflows'],
  ],
  workflows: [...shared, 'workflows', 'activities', 'connectors', 'temporal', 'worker'],
  web: [...shared, 'api', 'web'],
};
const notSource = /(^|\/)(node_modules|components\.d\.ts|auto-imports\.d\.ts)$|\.test\.ts$/;

/**
 * A hash of names, sizes and times of all files that a part is made of: reading them all would take longer.
 * @param {'server' | 'workflows' | 'web'} part
 */
export function fingerprint(part) {
  const hash = createHash('sha256');
  for (const path of parts[part]) add(hash, path);
  return hash.digest('hex');
}

/** The parts whose files have changed since they were built, or that were never built. */
export function staleParts() {
  const built = noted();
  return /** @type {const} */ (['server', 'workflows', 'web']).filter(
    (part) => built[part] !== fingerprint(part),
  );
}

/**
 * Remembers what a part was built from.
 * @param {string} part
 * @param {string} print
 */
export function note(part, print) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(noteFile, JSON.stringify({ ...noted(), [part]: print }));
}

/** @returns {Record<string, unknown>} */
function noted() {
  return existsSync(noteFile) ? JSON.parse(readFileSync(noteFile, 'utf8')) : {};
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function add(hash, path) {
  const full = join(root, path);
  if (notSource.test(path) || !existsSync(full)) return;
  const stat = statSync(full);
  if (stat.isDirectory()) for (const name of readdirSync(full).sort()) add(hash, `${path}/${name}`);
  else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
}
