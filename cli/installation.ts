import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yup from 'yup';
import { formatNamedKeys, type NamedKey } from '../config/keys.js';
import { installationFile } from '../config/installation.js';
import { keyFile } from '../config/key-file.js';

/** What a data folder holds about its installation. Every file with a secret can be read by its owner alone. */
export type Installation = {
  readonly dataDir: string;
  /** Whether it came into being with the demo's two systems. */
  readonly demo: boolean;
  readonly isNew: boolean;
  readonly databasePassword: string;
  readonly adminTokenFile: string;
  readonly keys: KeySettings;
};

/** The three settings that hold keys, as the environment takes them. */
export type KeySettings = {
  readonly TIMEBRIDGE_KEYS: string;
  readonly TIMEBRIDGE_PUBLIC_KEY: string;
  readonly TIMEBRIDGE_API_KEYS: string;
};

const Kind = yup.object({ demo: yup.boolean().required() }).required();
const KeyFile = yup
  .object({
    TIMEBRIDGE_KEYS: yup.string().required(),
    TIMEBRIDGE_PUBLIC_KEY: yup.string().required(),
    TIMEBRIDGE_API_KEYS: yup.string().required(),
  })
  .required();

export const adminTokenFile = (dataDir: string): string => join(dataDir, 'admin-token');

/**
 * Opens the data folder, and makes what is missing in it. The first start decides whether it is a demo; later ones
 * never turn a real installation into one.
 */
export function openInstallation(dataDir: string, wantsDemo: boolean): Installation {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another user, who must get through but need not look around
  const kindFile = join(dataDir, 'kind.json');
  const isNew = !existsSync(kindFile);
  keep(installationFile(dataDir), 0o644, () => `${randomUUID()}\n`);
  keep(adminTokenFile(dataDir), 0o600, () => `${newToken()}\n`);
  const kind = keep(kindFile, 0o644, () => JSON.stringify({ demo: wantsDemo }));
  const keys = keep(keyFile(dataDir), 0o600, () => JSON.stringify(newKeys(), undefined, 2));
  return {
    dataDir,
    isNew,
    demo: Kind.validateSync(JSON.parse(kind)).demo,
    databasePassword: keep(join(dataDir, 'database-password'), 0o600, newPassword),
    adminTokenFile: adminTokenFile(dataDir),
    keys: KeyFile.validateSync(JSON.parse(keys)),
  };
}

/** An API token as the API takes it. */
export const newToken = (): string => `tb_${randomBytes(32).toString('base64url')}`;

/** Hexadecimal, so that it may stand in an address as it is. */
export const newPassword = (): string => randomBytes(24).toString('hex');

/** A complete set of new keys, named after the day they were made. */
export function newKeys(now = new Date()): KeySettings {
  const id = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(2).toString('hex')}`;
  const pair = newSealingKey(id);
  return {
    TIMEBRIDGE_KEYS: formatNamedKeys([pair.privateKey]),
    TIMEBRIDGE_PUBLIC_KEY: formatNamedKeys([pair.publicKey]),
    TIMEBRIDGE_API_KEYS: formatNamedKeys([{ id, bytes: new Uint8Array(randomBytes(32)) }]),
  };
}

/** An X25519 pair: the public half seals credentials, the private half opens them. */
export function newSealingKey(id: string): { readonly privateKey: NamedKey; readonly publicKey: NamedKey } {
  const { d, x } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  if (!d || !x) throw new Error('Node made a key pair without its halves');
  const key = (text: string): NamedKey => ({ id, bytes: new Uint8Array(Buffer.from(text, 'base64url')) });
  return { privateKey: key(d), publicKey: key(x) };
}

/** The file's text; made first when it is not there. */
function keep(file: string, mode: number, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}
