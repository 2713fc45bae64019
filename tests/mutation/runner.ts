import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { DomainTests, type DomainTest } from './domain-tests.js';

declare global {
  // The name that Stryker's instrumented code looks under for which mutant is on.
  var __stryker__: InstrumenterContext | undefined;
}

/**
 * Runs the domain's examples inside Stryker's own process. The domain is pure, so a mutant costs the milliseconds of
 * the tests that reach it, not the start of a worker; and each mutant gets all modules evaluated anew, which is why
 * memos never leak from one to the next and tables that are built once at loading are mutants like any other.
 */
class InProcessRunner implements TestRunner {
  private readonly switches: InstrumenterContext = (globalThis.__stryker__ ??= {});
  private readonly bundled = DomainTests.bundle(process.cwd());

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    await this.bundled;
  }

  /**
   * Fresh modules for each file and every few tests: what an earlier test left in a memo must not hide what a later one
   * reaches. What the evaluation of a file reaches counts for each of its tests and for no others.
   */
  async dryRun(): Promise<DryRunResult> {
    const bundled = await this.bundled;
    const results: TestResult[] = [];
    for await (const { name, tests } of bundled.byFile()) {
      const ids = (await this.reachedFor(name, tests)).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += FEW_TESTS) {
        for await (const test of bundled.fresh(new Set(ids.slice(from, from + FEW_TESTS)))) {
          results.push(await this.reachedFor(test.id, () => resultOf(test)));
        }
      }
      this.reachedByAll(name, ids);
    }
    const { mutantCoverage = { static: {}, perTest: {} } } = this.switches;
    return {
      status: DryRunStatus.Complete,
      tests: results,
      mutantCoverage: { ...mutantCoverage, static: {} },
    };
  }

  /** Stryker's code counts what is reached under this name; outside of it what is reached is not looked at. */
  private async reachedFor<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.switches.currentTestId = name;
    try {
      return await work();
    } finally {
      delete this.switches.currentTestId;
    }
  }

  private reachedByAll(file: string, ids: readonly string[]): void {
    const perTest = this.switches.mutantCoverage?.perTest;
    const ofFile = perTest?.[file];
    if (!perTest || !ofFile) return;
    for (const id of ids) perTest[id] = { ...ofFile, ...perTest[id] };
    delete perTest[file];
  }

  /** The mutant is on from before the modules are evaluated; the first failing test ends it. */
  async mutantRun({ activeMutant, hitLimit, testFilter }: MutantRunOptions): Promise<MutantRunResult> {
    Object.assign(this.switches, { activeMutant: activeMutant.id, hitLimit, hitCount: 0 });
    const tests = await this.bundled;
    const results: TestResult[] = [];
    try {
      for await (const test of tests.fresh(testFilter && new Set(testFilter))) {
        const result = await resultOf(test);
        results.push(result);
        if (result.status === TestStatus.Failed) break;
      }
    } catch (error) {
      // The modules cannot even be loaded with this mutant: every test fails.
      results.push(failed({ id: 'loading', name: 'loading' }, error, 0));
    } finally {
      delete this.switches.activeMutant;
    }
    const outOfHand = determineHitLimitReached(this.switches.hitCount, hitLimit);
    return toMutantRunResult(outOfHand ?? { status: DryRunStatus.Complete, tests: results });
  }
}

const FEW_TESTS = 20;

async function resultOf({ id, run }: DomainTest): Promise<TestResult> {
  const startedMs = performance.now();
  try {
    await run();
  } catch (error) {
    return failed({ id, name: id }, error, performance.now() - startedMs);
  }
  return { id, name: id, status: TestStatus.Success, timeSpentMs: performance.now() - startedMs };
}

const failed = (test: { id: string; name: string }, error: unknown, timeSpentMs: number): TestResult => ({
  ...test,
  status: TestStatus.Failed,
  failureMessage: error instanceof Error ? error.message : String(error),
  timeSpentMs,
});

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
