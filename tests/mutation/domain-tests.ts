import { readdir } from 'node:fs/promises';
import { Script } from 'node:vm';
import { collectTests, getFn, type Suite, type Test, type VitestRunner } from '@vitest/runner';
import { build, type Metafile } from 'esbuild';

/** `id` is the file's and the test's full name; `run` rejects when it fails. */
export type DomainTest = { readonly id: string; readonly run: () => Promise<void> };

/** One script with the domain and all of its examples; evaluating it again gives every module a fresh state. */
type Bundle = { readonly script: Script; readonly libraries: ReadonlyMap<string, unknown> };

declare global {
  // What a bundle is given and gives while it is evaluated: its libraries, and a function that evaluates each file.
  var libraryOfBundle: ((name: string) => unknown) | undefined;
  var filesOfBundle: Readonly<Record<string, () => void>> | undefined;
}

/** The domain's examples as Vitest understands them, ready to be run any number of times in this process. */
export class DomainTests {
  private constructor(private readonly bundled: Bundle) {}

  /** Bundles the tests of `domain/` below a folder. Throws when a file does not compile. */
  static async bundle(root: string): Promise<DomainTests> {
    const names = (await readdir(`${root}/domain`)).filter(isExample);
    const files = names.map((name) => `'${name}': () => require('./domain/${name}')`);
    const { outputFiles, metafile } = await build({
      stdin: { contents: `globalThis.filesOfBundle = { ${files.join(', ')} };`, resolveDir: root },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'cjs',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const code = outputFiles[0]?.text ?? '';
    return new DomainTests({
      script: new Script(`((require) => { ${code} })(globalThis.libraryOfBundle)`),
      libraries: await librariesOf(metafile),
    });
  }

  /**
   * All tests, or those of the given ids, over modules that are evaluated anew; a file of tests is evaluated when its
   * turn comes. Throws what a module throws.
   */
  async *fresh(only?: ReadonlySet<string>): AsyncGenerator<DomainTest> {
    const wanted = only && new Set([...only].map((id) => id.slice(0, id.indexOf(SEPARATOR))));
    for (const [name, evaluate] of Object.entries(this.files())) {
      if (wanted && !wanted.has(name)) continue;
      for (const test of await collect(name, evaluate)) if (!only || only.has(test.id)) yield test;
    }
  }

  /** All tests file by file, each file over modules of its own: what its evaluation reaches is reached by all its tests. */
  async *byFile(): AsyncGenerator<{
    readonly name: string;
    readonly tests: () => Promise<readonly DomainTest[]>;
  }> {
    for (const name of Object.keys(this.files())) {
      const evaluate = this.files()[name];
      if (evaluate) yield { name, tests: () => collect(name, evaluate) };
    }
  }

  /** Evaluates the bundle anew; a file and the modules it needs are evaluated when its function is called. */
  private files(): Readonly<Record<string, () => void>> {
    globalThis.libraryOfBundle = (name) => this.bundled.libraries.get(name);
    this.bundled.script.runInThisContext();
    return globalThis.filesOfBundle ?? {};
  }
}

async function collect(name: string, evaluate: () => void): Promise<readonly DomainTest[]> {
  const [file] = await collectTests([name], collecting(evaluate));
  if (!file || file.result?.state === 'fail') throw new Error(file?.result?.errors?.[0]?.message);
  return testsOf(file, [name]);
}

const SEPARATOR = ' > ';

/** Property tests would reach nearly every mutant and take seconds each; the check of SPEC.md reads files. */
const isExample = (name: string): boolean =>
  name.endsWith('.test.ts') && !name.endsWith('.property.test.ts') && name !== 'spec.test.ts';

async function librariesOf({ outputs }: Metafile): Promise<ReadonlyMap<string, unknown>> {
  const names = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const loaded = names.map(async (name): Promise<readonly [string, unknown]> => [name, await import(name)]);
  return new Map(await Promise.all(loaded));
}

/** What Vitest needs to know to gather tests from one import. */
const collecting = (evaluate: () => void): VitestRunner => ({
  importFile: evaluate,
  config: {
    root: '.',
    setupFiles: [],
    name: undefined,
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: false,
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 0,
    hookTimeout: 0,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: true,
  },
});

function testsOf(suite: Suite, names: readonly string[]): readonly DomainTest[] {
  return suite.tasks.flatMap((task) =>
    task.type === 'suite' ? testsOf(task, [...names, task.name]) : asTest(task, names),
  );
}

function asTest(test: Test, names: readonly string[]): readonly DomainTest[] {
  if (test.mode === 'skip' || test.mode === 'todo') return [];
  return [{ id: [...names, test.name].join(SEPARATOR), run: async () => getFn(test)() }];
}
