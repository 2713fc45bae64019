import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { FIRST_SCREEN_LIMIT, firstScreenBytes } from './first-screen.js';

const TEXT = new Set(['.js', '.css', '.html', '.svg', '.json', '.txt', '.map']);
/** Smaller files gain nothing: they fit one packet as they are. */
const COMPRESS_FROM_BYTES = 1024;
/** How long files of earlier builds are kept. */
const KEPT_MS = 7 * 86_400_000;

/** The pages in `dist/web`, each text file beside its brotli and gzip form. */
export async function buildWeb(root: string): Promise<void> {
  const [fresh, served] = [join(root, 'dist/web.new'), join(root, 'dist/web')];
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    build: { outDir: fresh, emptyOutDir: true },
    logLevel: 'warn',
  });
  await compressAll(fresh);
  weigh(fresh);
  // A failed build leaves the pages that were there; an API that runs meanwhile goes on serving the files it began with.
  cpSync(fresh, served, { recursive: true, preserveTimestamps: true });
  rmSync(fresh, { recursive: true });
  removeOutdated(join(served, 'assets'));
}

/** Says how much the first screen weighs, and lets no build through that is too heavy. */
function weigh(folder: string): void {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  const bytes = firstScreenBytes(manifest, (file) => {
    const [plain, brotli] = [join(folder, file), join(folder, `${file}.br`)];
    return statSync(existsSync(brotli) ? brotli : plain).size;
  });
  const kB = (one: number) => (one / 1000).toFixed(1);
  const is = `${kB(bytes.list)} kB, with a case beside the list ${kB(bytes.withCase)} kB`;
  const most = kB(FIRST_SCREEN_LIMIT);
  console.log(`The first screen weighs ${is} of JavaScript and CSS as transferred (at most ${most})`);
  if (Math.max(bytes.list, bytes.withCase) > FIRST_SCREEN_LIMIT)
    throw new Error(`the first screen weighs ${is}; at most ${most} kB are allowed`);
}

/** Hashed files of earlier builds, once nobody can have them open any more. */
function removeOutdated(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > KEPT_MS) rmSync(file);
  }
}

async function compressAll(folder: string): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((file) => TEXT.has(extname(file)))) await compress(join(folder, name));
}

async function compress(file: string): Promise<void> {
  const content = readFileSync(file);
  if (content.length < COMPRESS_FROM_BYTES) return;
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipped);
}
