import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as yup from 'yup';

const Report = yup
  .object({ numPassedTests: yup.number().required(), numFailedTests: yup.number().required() })
  .required();

export type TestRun = { readonly passed: number; readonly failed: number };

/** Runs integration tests that prove a line of the limits by themselves. @throws when they could not be run. */
export async function runTests(path: string, env: Readonly<Record<string, string>> = {}): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'timebridge-bench-'));
  const file = join(folder, 'report.json');
  const args = ['run', '--project', 'int', path, '--reporter=json', `--outputFile=${file}`];
  try {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
      ...{ env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
    });
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
    const { numPassedTests: passed, numFailedTests: failed } = Report.validateSync(
      JSON.parse(readFileSync(file, 'utf8')),
    );
    return { passed, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
