import { fileURLToPath } from 'node:url';

export type Program = 'api' | 'worker' | 'simulators' | 'stack';

/**
 * The arguments with which Node runs one of our programs: the built one when this code was built, else the source.
 * Both lie one folder below the same root, under the program's name.
 */
export function entryPoint(program: Program): readonly string[] {
  const built = !import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`../${program}/main.${built ? 'js' : 'ts'}`, import.meta.url));
  return built ? ['--enable-source-maps', file] : ['--import', 'tsx', file];
}
