import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const PROGRAMS = ['api', 'worker', 'cli', 'simulators', 'stack'] as const;

/** One file for each program, `dist/<program>/main.js`; packages stay outside, so that their own files are found. */
export async function buildServer(root: string): Promise<void> {
  const entryPoints = PROGRAMS.map((program) => join(root, program, 'main.ts')).filter(existsSync);
  await build({
    entryPoints,
    outdir: join(root, 'dist'),
    outbase: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    loader: { '.html': 'text', '.css': 'text', '.svg': 'text' },
    logLevel: 'warning',
  });
}
