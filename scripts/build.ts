import { buildServer } from './build-server.js';
import { buildWeb } from './build-web.js';
import { buildWorkflows } from './build-workflows.js';
import { fingerprint, note, root, staleParts, type Part } from './fingerprint.mjs';

const steps: Record<Part, { readonly what: string; readonly build: (root: string) => Promise<void> }> = {
  server: { what: 'the programs', build: buildServer },
  workflows: { what: 'the workflows', build: buildWorkflows },
  web: { what: 'the pages', build: buildWeb },
};

/** Builds the parts of `dist/` that have changed; only the named ones, when some are named. */
const named = process.argv.slice(2);
const stale = staleParts().filter((part) => named.length === 0 || named.includes(part));
if (stale.length === 0) console.log('Everything is built already');
for (const part of stale) {
  const { what, build } = steps[part];
  console.log(`Building ${what} …`);
  const since = Date.now();
  const print = fingerprint(part); // before the build: a file that changes meanwhile makes it stale again
  try {
    await build(root);
  } catch (cause) {
    console.error(`Building ${what} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exit(1);
  }
  note(part, print);
  console.log(`Built ${what} in ${((Date.now() - since) / 1000).toFixed(1)} s`);
}
