import { readFileSync } from 'node:fs';
import type { Sequelize } from 'sequelize';
import { adoptApiToken } from '../db/stores/api-tokens.js';
import { ensureAdmin } from '../db/stores/users.js';
import { inTransaction } from '../db/sql.js';
import { COMMAND_LINE_TOKEN } from './api-tokens/token-shape.contract.js';

/** Fewer characters than this somebody could guess. */
const MIN_LENGTH = 32;

/**
 * Lets in whoever can read the token file of this installation (mode 0600), as an admin: the command line uses it.
 * On a first start this makes the first admin, who has no password yet and gets in by a one-time link.
 */
export async function adoptAdminToken(db: Sequelize, file: string): Promise<void> {
  const token = readFileSync(file, 'utf8').trim();
  if (token.length < MIN_LENGTH || /\s/.test(token)) {
    throw new Error(
      `${file} must hold one token of at least ${MIN_LENGTH} characters; delete it and start again`,
    );
  }
  await inTransaction(db, async (session) => {
    const admin = await ensureAdmin(session);
    await adoptApiToken(session, { userId: admin.id, name: COMMAND_LINE_TOKEN, token });
  });
}
