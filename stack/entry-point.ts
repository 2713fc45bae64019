import { fileURLToPath } from 'node:url';

export type Program = 'api' | 'worker' | 'simulators' | 'stack';

/**
 * A quarter of the young generation that Node would take: API and worker hold some 20 MB less each, and the garbage of a
 * page of entries is collected while it is still small.
 */
const HEAP = '--max-semi-space-size=4';

/**
 * The arguments with which Node runs one of our programs: the built one when this code was built, else the source.
 * Both lie one folder below the same root, under the program's name.
 */
export function entryPoint(program: Program): readonly string[] {
  const built = !import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`../${program}/main.${built ? 'js' : 'ts'}`, import.meta.url));
  return [HEAP, ...(built ? ['--enable-source-maps', file] : ['--import', 'tsx', file])];
}
