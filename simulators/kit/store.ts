import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRecord } from './call.js';

/** How a world is kept. Without `file` it lives in memory only. */
export interface StoreOptions<W extends object> {
  readonly file?: string;
  /** The world when there is no file yet. */
  readonly initial: () => W;
  /** Tells whether what the file holds is such a world. */
  readonly isWorld: (value: unknown) => value is W;
}

const SETTLE_MS = 200;
const ROWS_PER_SLICE = 2_000;

/**
 * Keeps one world in one file. The world is a plain object; its array properties are tables. The file has one JSON
 * line for all that is not a table and then one line per row, so that 100,000 rows are written in slices between
 * calls. Replace rows instead of changing them in place: a write that is under way keeps what it began with.
 */
export class WorldStore<W extends object> {
  world: W;
  readonly #file: string | undefined;
  #dirty = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #lastWriteMs = 0;

  constructor(options: StoreOptions<W>) {
    this.#file = options.file;
    this.world = load(options);
    // A new world is kept at once: made again after a restart it would have other dates.
    if (options.file !== undefined && !existsSync(options.file)) this.touch();
  }

  /** Says that the world has changed; it is on disk a little later. */
  touch(): void {
    this.#dirty = true;
    if (this.#file === undefined || this.#timer !== undefined || this.#writing !== undefined) return;
    // A long write is followed by a longer pause, so that writing never takes most of a busy simulator's time.
    this.#timer = setTimeout(
      () => void this.flush().catch(report),
      Math.max(SETTLE_MS, this.#lastWriteMs * 5),
    );
    this.#timer.unref();
  }

  /** Puts another world in place of this one. */
  replace(world: W): void {
    this.world = world;
    this.touch();
  }

  /** Writes what is not yet on disk: to a temporary file first, then renamed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#writing) await this.#writing;
    if (this.#file === undefined || !this.#dirty) return;
    this.#dirty = false;
    const began = Date.now();
    this.#writing = write(this.#file, this.world).finally(() => {
      this.#writing = undefined;
      this.#lastWriteMs = Date.now() - began;
    });
    await this.#writing;
    if (this.#dirty) this.touch();
  }
}

function load<W extends object>({ file, initial, isWorld }: StoreOptions<W>): W {
  if (file === undefined) return initial();
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) return initial();
  const world = parse(readFileSync(file, 'utf8'));
  if (isWorld(world)) return world;
  throw new Error(`${file} does not hold a world of this version; move it away to start anew.`);
}

function parse(text: string): unknown {
  const [first = '', ...lines] = text.split('\n');
  const head: unknown = JSON.parse(first);
  if (!isRecord(head)) return undefined;
  const { tables, ...rest } = head;
  if (!Array.isArray(tables)) return undefined;
  const rows = new Map<string, unknown[]>(tables.map((name) => [String(name), []]));
  for (const line of lines) {
    const mark = line.indexOf('\t');
    if (mark < 0) continue;
    const row: unknown = JSON.parse(line.slice(mark + 1));
    rows.get(line.slice(0, mark))?.push(row);
  }
  return { ...rest, ...Object.fromEntries(rows) };
}

async function write(file: string, world: object): Promise<void> {
  const entries: [string, unknown][] = Object.entries(world);
  const tables = entries.flatMap(([name, value]) =>
    Array.isArray(value) ? [{ name, rows: Array.from<unknown>(value) }] : [],
  );
  const rest = Object.fromEntries(entries.filter(([, value]) => !Array.isArray(value)));
  const head = JSON.stringify({ ...rest, tables: tables.map(({ name }) => name) });
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.write(`${head}\n`);
    for (const { name, rows } of tables)
      for (let from = 0; from < rows.length; from += ROWS_PER_SLICE) {
        const slice = rows.slice(from, from + ROWS_PER_SLICE);
        await handle.write(slice.map((row) => `${name}\t${JSON.stringify(row)}\n`).join(''));
      }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  syncFolder(dirname(file));
}

/** A rename is durable once its folder is; Windows cannot open a folder and does without. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function report(error: unknown): void {
  process.stderr.write(
    `The world could not be written: ${error instanceof Error ? error.message : String(error)}\n`,
  );
}
