import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in the data folder that names the installation; the database names it too. */
export const installationFile = (dataDir: string): string => join(dataDir, 'installation-id');

/**
 * The id of the installation this data folder belongs to; `undefined` when the folder has none (somebody else's
 * database, no data folder). When database and folder differ, one of them is a copy.
 */
export function readInstallationId(dataDir: string): string | undefined {
  try {
    return readFileSync(installationFile(dataDir), 'utf8').trim() || undefined;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
