import { rmSync } from 'node:fs';
import { BLANK, DEMO } from './addresses.js';
import { firstLoginLink, startInstallation, stopInstallation } from './installation.js';

/** One new installation with the demo for all tests; the returned function stops it, and what a test left behind. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await stopAll();
  for (const { dataDir, outputFile } of [DEMO, BLANK]) {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(outputFile, { force: true });
  }
  try {
    process.env['FIRST_LOGIN_URL'] = firstLoginLink(await startInstallation());
  } catch (cause) {
    await stopAll();
    throw cause;
  }
  return stopAll;
}

async function stopAll(): Promise<void> {
  await stopInstallation(DEMO);
  await stopInstallation(BLANK);
}
