import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as yup from 'yup';
import { root } from './fingerprint.mjs';

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

const results = join(root, 'test-results');

const VitestReport = yup
  .object({
    numPassedTests: yup.number().required(),
    numFailedTests: yup.number().required(),
    numPendingTests: yup.number().required(),
    numTodoTests: yup.number().required(),
    /** A file that cannot be loaded fails without any test of its own. */
    numFailedTestSuites: yup.number().required(),
  })
  .required();

const PlaywrightReport = yup
  .object({
    stats: yup
      .object({
        expected: yup.number().required(),
        unexpected: yup.number().required(),
        flaky: yup.number().required(),
        skipped: yup.number().required(),
      })
      .required(),
    errors: yup.array().required(),
  })
  .required();

/** Unit, integration and component tests in one go. */
function runVitest(): Count {
  const file = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = run('vitest', ['run', ...reporters], {});
  const report = VitestReport.validateSync(readReport(file));
  const broken = report.numFailedTests === 0 && status !== 0 ? Math.max(1, report.numFailedTestSuites) : 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The browser against a whole installation; it must be built. */
function runPlaywright(): Count {
  const file = join(results, 'playwright.json');
  const status = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const { stats, errors } = PlaywrightReport.validateSync(readReport(file));
  const failed = stats.unexpected + errors.length;
  return {
    passed: stats.expected + stats.flaky,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: stats.skipped,
  };
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): number {
  const bin = join(root, 'node_modules/.bin', command);
  return spawnSync(bin, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}

/** A runner that died left no report: that is a failure too, never "no tests". */
function readReport(file: string): unknown {
  if (!existsSync(file)) throw new Error(`The test runner ended without a report: ${file}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

mkdirSync(results, { recursive: true });
for (const name of readdirSync(results)) if (name.endsWith('.json')) rmSync(join(results, name));
run('tsx', ['scripts/build.ts'], {});
const counts = [runVitest(), runPlaywright()];
const sum = (of: keyof Count): number => counts.reduce((total, count) => total + count[of], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') > 0 || sum('passed') === 0 ? 1 : 0);
