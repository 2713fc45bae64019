import { rmSync } from 'node:fs';
import { DATA_DIR, OUTPUT_FILE } from './addresses.js';
import { firstLoginLink, startInstallation, stopInstallation } from './installation.js';

/** One new installation with the demo for all tests; the returned function stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await stopInstallation();
  rmSync(DATA_DIR, { recursive: true, force: true });
  rmSync(OUTPUT_FILE, { force: true });
  try {
    process.env['FIRST_LOGIN_URL'] = firstLoginLink(await startInstallation());
  } catch (cause) {
    await stopInstallation();
    throw cause;
  }
  return stopInstallation;
}
