import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DOWNLOAD_WITHIN_MS = 60_000;

/**
 * Lets Temporal's SDK fetch the published program (it checks and unpacks it, and starts it for a moment), and
 * keeps a copy at `target`. Gives the reason as a sentence when that does not work, `undefined` when it did.
 */
export async function downloadTemporal(target: string, version: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(dirname(target), 'download-'));
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const started = TestWorkflowEnvironment.createLocal({
      server: { ui: false, executable: { type: 'cached-download', version, downloadDir: folder } },
    });
    const environment = await within(started, DOWNLOAD_WITHIN_MS);
    await environment.teardown();
    const name = readdirSync(folder)[0];
    if (!name) return 'The download brought no program';
    copyFileSync(join(folder, name), `${target}.new`);
    chmodSync(`${target}.new`, 0o755);
    renameSync(`${target}.new`, target);
    return undefined;
  } catch {
    return 'The download failed: the machine does not reach temporal.download';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  work.catch(() => undefined); // when it is too late, its own failure interests nobody
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
