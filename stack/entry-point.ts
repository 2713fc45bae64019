import { fileURLToPath } from 'node:url';

export type Program = 'api' | 'worker' | 'simulators' | 'stack';

/**
 * V8 lets garbage pile up to a quarter of the machine's memory before it looks through the old generation, and a first
 * sync makes much of it: API and worker held 800 MB where a fifth is in use. So both generations begin small and grow
 * only as far as what is in use needs it.
 */
export const HEAP = [
  '--max-semi-space-size=4',
  '--initial-old-space-size=32',
  '--max-old-space-size=768',
] as const;
const LONG_RUNNING: readonly Program[] = ['api', 'worker'];

/**
 * The arguments with which Node runs one of our programs: the built one when this code was built, else the source.
 * Both lie one folder below the same root, under the program's name.
 */
export function entryPoint(program: Program): readonly string[] {
  const built = !import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`../${program}/main.${built ? 'js' : 'ts'}`, import.meta.url));
  const heap = LONG_RUNNING.includes(program) ? HEAP : [];
  return [...heap, ...(built ? ['--enable-source-maps', file] : ['--import', 'tsx', file])];
}
