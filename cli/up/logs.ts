import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

const KEEP_BYTES = 10 * 1024 * 1024;

/** One file a unit in `<data>/logs`. A file that has grown over 10 MB is set aside at the start, one generation. */
export class Logs {
  readonly #files = new Map<string, WriteStream>();

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  write(unit: string, line: string): void {
    let file = this.#files.get(unit);
    if (!file) {
      file = openLog(join(this.folder, `${unit}.log`));
      this.#files.set(unit, file);
    }
    file.write(`${line}\n`);
  }
}

function openLog(path: string): WriteStream {
  if (existsSync(path) && statSync(path).size > KEEP_BYTES) renameSync(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  stream.on('error', () => undefined); // a full disk must not end what still works
  return stream;
}
