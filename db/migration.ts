import type pg from 'pg';

/** What a migration may use: one session, inside one transaction that its mark commits with. */
export type MigrationContext = {
  readonly sql: (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
};
