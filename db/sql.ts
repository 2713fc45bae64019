import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

/** Where a statement runs: the pool, inside a transaction or not. */
export type Session = { readonly db: Sequelize; readonly tx: Transaction | null };

/** Rows of a statement with `$1 …` binds; bigint and numeric columns arrive as text, `date` as `YYYY-MM-DD`. */
export const rows = <T extends object>(
  { db, tx }: Session,
  sql: string,
  bind: readonly unknown[] = [],
): Promise<T[]> => db.query<T>(sql, { type: QueryTypes.SELECT, bind: [...bind], transaction: tx });

/** The first row, or undefined. */
export const row = async <T extends object>(session: Session, sql: string, bind: readonly unknown[] = []) =>
  (await rows<T>(session, sql, bind))[0];

/** How many rows a statement ending in `returning 1` (or any column) touched. */
export const affected = async (
  session: Session,
  sql: string,
  bind: readonly unknown[] = [],
): Promise<number> => (await rows(session, sql, bind)).length;

/** Runs `work` in one transaction; throwing rolls everything back. No remote call belongs inside. */
export const inTransaction = <T>(db: Sequelize, work: (session: Session) => Promise<T>): Promise<T> =>
  db.transaction((tx) => work({ db, tx }));
