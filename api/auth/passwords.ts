import { hash, verify } from '@node-rs/argon2';

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown user (null) as for a wrong password. */
  matches(stored: string | null, password: string): Promise<boolean>;
};

/** Argon2id (the library's default) with 19 MiB and two passes: OWASP's first recommendation, about 11 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function createPasswords(): Promise<Passwords> {
  const nobodys = await hash('nobody has this password', COST);
  return {
    hash: (password) => hash(password, COST),
    matches: async (stored, password) => (await verify(stored ?? nobodys, password)) && stored !== null,
  };
}
